/// More about each error than fits into its message, for `tessera explain E0101`.
enum ErrorGuide {
  /// What an error means and what helps.
  ///
  /// - Parameter code: Such as `E0101`.
  /// - Returns: A paragraph; `nil` for a code that does not exist.
  static func text(for code: String) -> String? {
    entries[code]
  }

  private static let entries: [String: String] = [
    "E0000":
      "Something failed that should not be able to. Please report it, with the command, the output "
      + "of `tessera doctor`, and if you can the study; never send respondents' data.",
    "E0001":
      "The command line is wrong: an unknown command or option, a value of the wrong kind, or two "
      + "options that exclude each other. `tessera COMMAND --help` shows what there is. Status 64.",
    "E0101":
      "A file or folder is not where it should be. Paths in a study are relative to the study file; "
      + "paths on the command line to the current folder. Status 66.",
    "E0102": "The file is there but may not be read. Check its permissions. Status 66.",
    "E0103":
      "The path names a folder, a pipe or a device. Surveys are read from files, because they are "
      + "looked at twice: once to find out the format, once to read. Status 66.",
    "E0104": "Reading stopped midway: a failing disk or network. Try again. Status 74.",
    "E0105": "A pattern with * or ? matched no file. Put it in quotes. Status 66.",
    "E0110": "The file holds nothing, or only line breaks. Export the survey again.",
    "E0111": "There is a header but no respondent. Export the survey again, with the responses.",
    "E0112":
      "The bytes are those of another kind of file than its name says (JSON, PDF, a zip archive, an "
      + "old .xls, ...). Export the survey as CSV or SPSS.",
    "E0113": "This version does not read the format. Export the survey as CSV or SPSS.",
    "E0114":
      "A byte does not fit the encoding. Text is read as UTF-8 unless a mark at its start or "
      + "--encoding says otherwise; files saved by Western European Windows programs are often "
      + "windows-1252. Nothing is replaced silently.",
    "E0115":
      "The name given to --encoding is not one that iconv knows, such as utf-8 or windows-1252.",
    "E0116":
      "There is a zero byte inside the text: the file is UTF-16 without a mark (pass --encoding "
      + "utf-16le) or not text at all.",
    "E0120":
      "A row has more or fewer fields than the header. Padding it would hide damage, so the file is "
      + "refused. Correct the row, or pass --salvage to set such rows aside and have them listed.",
    "E0121": "A field opens with a quote that is never closed; the line named is where it opens.",
    "E0122": "A single cell is longer than 16 MiB, which nearly always means an unclosed quote.",
    "E0123": "Two columns have one name, so a study could not say which it means. Rename one.",
    "E0124": "A column holds answers but has no name in the header.",
    "E0125": "The text is no table with one header row. Save the table by itself.",
    "E0126": "Files read together as one survey must have the same columns.",
    "E0127": "A column that was asked for is not in the file. `tessera inspect` lists the columns.",
    "E0128":
      "Numbers are needed here and the cell holds something else. Correct it, or say what it means: "
      + "--missing, or `missing:` in the study. The value is shown only if ten rows hold it.",
    "E0129":
      "There is text between a closing quote and the next delimiter: quotes inside the field are "
      + "not doubled. Double them, or name the sign before them with --escape.",
    "E0130":
      "SPSS, Stata and SAS files are read by a small program, tessera-read, which belongs beside "
      + "tessera. Install both together.",
    "E0131":
      "The program that reads SPSS, Stata and SAS files gave up or was stopped by its limits of "
      + "memory and time. The file is damaged, or was made to do harm.",
    "E0132": "The file says one thing in its header and holds another, or ends too early.",
    "E0133":
      "The workbook has no sheet of that name or number. Sheets are counted from 1, hidden ones "
      + "included; tessera inspect tells which were there.",
    "E0134":
      "A cell of the workbook refers to something that is not there, or holds what it cannot hold. "
      + "Programs other than Excel sometimes write such files; Excel or LibreOffice can mend them.",
    "E0135":
      "The file is of a kind that Tessera does not open: encrypted, from before 2007, or of another "
      + "program. The hint says how to save it so that it can be read.",
    "E0136":
      "The description of the data (Triple-S) is at odds with itself or with the data beside it.",
    "E0137":
      "A quote stands in the middle of a cell, and a later cell of the row ends with one: the "
      + "delimiter before the quoted cell is lost, and reading on would cut it in two.",
    "E0138":
      "The first line holds numbers and answers that occur again below it. Taking it for names would "
      + "lose the first respondent. Add names, or say --no-header (header: false in a study).",
    "E0139":
      "A cell ends with a quote that was not opened at its beginning (inch marks behind a number are "
      + "read): a quote was lost, and what the cell held cannot be told. Names in the first line are "
      + "held to the same.",
    "E0140":
      "Files read together must mean the same by the same code. One of these codes an answer otherwise.",
    "E0301": "The study is not YAML (or JSON). The line named is where the reader gave up.",
    "E0302": "The study is longer or nested deeper than any study needs to be.",
    "E0303": "Anchors (&) and aliases (*) are not used in studies. Put such values in quotes.",
    "E0304": "Type tags (!) are not used in studies.",
    "E0305": "A key stands twice; one of the two would be lost.",
    "E0306": "The key means nothing here. The nearest one that does is named.",
    "E0307": "A word, a list or a mapping stands where another of these belongs.",
    "E0308": "A key that must be there is missing.",
    "E0309": "A number lies outside the range that makes sense.",
    "E0310": "The word is not one of those on offer here.",
    "E0311": "The study is not UTF-8 text. Save it as UTF-8.",
    "E0312": "There is nothing in the study. `tessera init` drafts one.",
    "E0313": "Two keys exclude each other, such as weight and frequency.",
    "E0401": "The study names a column that the survey does not have.",
    "E0402": "A weight is missing. Every respondent needs one: 0 leaves a row out.",
    "E0403": "A weight is below 0, not finite, or beyond what can be added up.",
    "E0404": "All weights are 0, so nobody counts.",
    "E0405": "A frequency must be a whole number. Fractions are sampling weights: use `weight:`.",
    "E0406": "The levels of a column do not fit its answers: one is not listed, or listed twice.",
    "E0407": "Ratings must be numbers, and this column holds text.",
    "E0408": "A pattern or a member of a multiple-response set matches no column.",
    "E0409": "A rating lies outside its scale. Correct the scale, or declare the code missing.",
    "E0410":
      "Nothing says where the scale of a rating begins and ends. Give `need_scale: [1, 5]`, or "
      + "`scale:` to the need; the observed lowest and highest are never taken.",
    "E0411": "A stratum or cluster is missing in some row.",
    "E0412": "The survey has no respondents.",
    "E0413": "A multiple-response set and a column share a name.",
    "E0414": "A reading option under `survey:` cannot be understood.",
    "E0415":
      "An identifier cannot make segments: it would find every respondent unlike all others.",
    "E0416":
      "A column that divides or describes people looks like personal data, by its name or its answers. "
      + "Take it out, or name it under allow_personal.",
    "E0417":
      "`survey.population` must say, in every row, of how many clusters (without clusters: people) the row's stratum was drawn.",
    "E0420":
      "A condition under `filter:` or `derive:` cannot be understood. Conditions compare a column with "
      + "an answer or a number (`status = complete`, `age >= 18`), ask a set (`media includes tv`) or "
      + "`is missing`, joined by and, or, not and parentheses.",
    "E0421":
      "A derived variable does not suit the survey: its name is taken, an answer does not exist or "
      + "stands in two nets, or numbers are asked of a column that has none.",
    "E0422":
      "A filter keeps nobody. Often a code was written where the file has a label, or the reverse.",
    "E0423": "Derived variables are made of each other in a circle.",
    "E0424":
      "A target of `weights:` does not suit the answers: an answer has no target, a target has no "
      + "people, shares do not add up to 1, or two variables speak of different totals.",
    "E0425":
      "No weights fit all targets. Targets contradict each other in these answers, or `trim:` is too "
      + "narrow.",
    "E0426":
      "A second file cannot be joined: an identifier stands twice in it, nobody of the survey is in it, "
      + "or both files have a column of one name.",
    "E0501": "The study asks for a column that the survey does not have.",
    "E0502":
      "A column cannot be used for what it is asked for: a set as a segment, text as numbers.",
    "E0503": "Fewer than two respondents are left, or none has an answer to any active question.",
    "E0504": "The column of given segments is empty, or too few respondents are left.",
    "E0505":
      "More segments are asked for than there are different respondents, or a number that is not "
      + "between 1 and 64.",
    "E0506": "The method cannot work with these data or settings; the message says which.",
    "E0507": "The model file is not JSON, or not a model of Tessera.",
    "E0508":
      "The model was changed after it was written. Take it as it was written; to rename segments use "
      + "`names:` in the study.",
    "E0509":
      "The model was written by another version of Tessera whose form this one does not read.",
    "E0510":
      "The survey lacks a column that the model needs. Rename it, or pass --missing-columns to let it "
      + "count as unanswered.",
    "E0511":
      "Two segmentations are compared over the respondents they share, by identifier: none is shared, "
      + "or an identifier occurs twice.",
    "E0512":
      "No short list can be made of this model, or not of these questions: segments of a column, real "
      + "people as centres (pam, clara), ratings corrected over all of them, one segment, a question "
      + "that the model does not have.",
    "E0513":
      "An outcome cannot be told by segment: it holds text, or the method has no model of answers.",
    "E0514":
      "scale_use (also response_style) takes each person's own way of rating out of three or more "
      + "ratings: numbers, or words whose order stands under levels; fewer are active. Name more ratings "
      + "of one scale under active, declare their order, or take scale_use out.",
    "E0515":
      "A covariance block ties numeric columns of the method mixture, a direct effect two categorical "
      + "ones; a name is no active column, of the wrong level, or named twice.",
    "E0516":
      "A question of the new file is coded in another way than the model's, and its labels do not say "
      + "which answer is which. Give the answers the labels of the model's survey.",
    "E0517":
      "The file of segment names beside the study is damaged or was changed by hand. Names are given "
      + "by `tessera rename`, or under segments.names in the study.",
    "E0518":
      "Outputs can be renamed only while the study and its files are those of the run. Run the study "
      + "again, then rename.",
    "E0519":
      "A map of column names is a CSV file with the columns model and file: for a column of the model "
      + "what the survey calls it. Each name stands once, and the survey must have it.",
    "E0520":
      "A survey gets segments behind its own columns only if it does not have columns of these names "
      + "already.",
    "E0521":
      "A bridge cannot be made: a shared column is sensitive or the segment itself, too few people "
      + "answered all of them, or a segment has nobody left.",
    "E0522":
      "--take keeps a solution that an earlier run stored in solutions.json, and the survey or its "
      + "active questions have changed since. Run the study without --take first.",
    "E0530":
      "A table of assignments has one row per respondent with the columns id and segment, as `tessera "
      + "run` and `tessera assign` write it.",
    "E0531":
      "Waves are files with the model's questions, or one study whose survey.wave names the column of "
      + "the wave; at least two waves have people.",
    "E0600": "The study names no products, so there is nothing to score.",
    "E0601": "An expression of a barrier cannot be read, or names what does not exist.",
    "E0602": "Needs, features, products or relations are missing, so no product can be scored.",
    "E0603": "The end points or knots of a value function make no sense, such as two equal ends.",
    "E0604": "The table of products is wrong: a product twice, a level that does not exist, ...",
    "E0605":
      "The table of relations is wrong: an unknown need or feature, a strength that is none of 9, 3, "
      + "1 (or minus these), or a need that no feature serves.",
    "E0606": "An edit names a product, a feature or a level that does not exist.",
    "E0607":
      "The study needs a column for its needs that the survey does not have or not as numbers.",
    "E0608": "Ratings give no need any weight, or lie outside the scale.",
    "E0609":
      "The strength of a barrier must lie between 0 and 1, and there is a limit on barriers.",
    "E0610": "rho must be at most 1; 1 is the compensatory mean.",
    "E0611": "Channels or funnel name a column, set or product that does not exist.",
    "E0612": "The file is not a fit that this version wrote. Run the study again.",
    "E0613":
      "The weight of a need cannot be taken from what the study names: best-worst tasks that are not "
      + "declared, an answer that nobody gave, a column that is no 0/1 column. A need has one of "
      + "importance, top2, maxdiff, rank, points, ticked, assumed.",
    "E0614":
      "Kano's questions need five answers each: 1 like, 2 must be, 3 neutral, 4 can live with it, 5 "
      + "dislike; as numbers, or as five answers in this order under survey.levels.",
    "E0615": "The overall rating or a driver is no column of numbers, or no driver is named.",
    "E0621":
      "A banner asks for segments, and a plain survey file has none. Name a study or the folder of a "
      + "run, or leave segments out of --banner.",
    "E0622":
      "A banner of so many columns makes no table that a person reads. Take variables out, band them "
      + "under survey.derive, or nest fewer of them.",
    "E0623":
      "The columns of a banner are the answers of a question: text, dates, plain numbers and questions "
      + "with many answers make none. Band numbers with bands, take answers together with net, both "
      + "under survey.derive.",
    "E0624":
      "A net takes answers together by code or by label, and one of these was not given by anybody. "
      + "`tessera inspect` lists the answers.",
    "E0630":
      "Choices are matched to respondents by identifier: the survey needs `id:`, and the table of "
      + "choices a column with the same identifiers (`respondent:` under `choices:`).",
    "E0631":
      "Each menu has exactly one alternative that was chosen: none, two, or a mark that is neither 1 "
      + "nor 0 says nothing. Take menus without a choice out, or offer 'none' as an alternative. With "
      + "several menus a respondent say which rows belong together: `task:`.",
    "E0632":
      "An alternative is no product of the study. Names and labels of the table of products are known.",
    "E0633": "A menu with a single alternative says nothing of preference. Take it out.",
    "E0634":
      "A column or an expression under `choices:` cannot be read. Expressions are columns, numbers and "
      + "conditions such as `type = van`, joined by * and /.",
    "E0635":
      "An attribute of an alternative is no number, or a text of too many kinds. Write `NAME = VALUE` "
      + "for an indicator, or fill the cell.",
    "E0636":
      "An attribute never differs within a menu, or follows from those before it, so choices cannot "
      + "tell what it is worth. Take it out; of a set of indicators leave one out.",
    "E0637":
      "An attribute tells all choices apart: those who had it always (or never) took it, and its "
      + "coefficient has no end. Take it out, or join it with another.",
    "E0638": "Fewer than two respondents have a choice, a segment and (where there is one) a fit.",
    "E0639":
      "The study names no choices. `tessera validate --help` shows how; the fit itself needs none.",
    "E0641":
      "A price curve needs a feature that people pay: a number called price (or in a unit of money) "
      + "that a need or a barrier uses, best against the most that people said they would pay.",
    "E0642":
      "Prices are looked at between two ends above 0, and only within those that the answers speak of: "
      + "what people would do beyond them is not known.",
    "E0643":
      "No answer to the price ladder means yes. `yes:` under `price_ladder:` names the codes or labels "
      + "that do.",
    "E0644":
      "Under strict privacy price curves, scenarios and lines are not given: between two neighbouring prices "
      + "stand few people, and the difference would tell of them. A sensitive column behind a barrier follows "
      + "the same rule.",
    "E0645":
      "Segments are ranked as targets where there are at least two that may be shown, and by criteria "
      + "that the study knows: value needs prices and costs of products, reach needs channels.",
    "E0650":
      "The market contradicts itself: a product with a known share is not in it, or the known shares "
      + "do not add up. Known shares are of what is bought of the products in this market.",
    "E0651":
      "A scenario adds a product that is in the market already, or changes or removes one that is "
      + "not. What is listed neither under own: nor under competitors: is not on the market today.",
    "E0652":
      "Awareness or distribution names a segment that does not exist. Use an id such as S1, the "
      + "segment's name as reports show it, or `all` for everybody else.",
    "E0653":
      "Shares of preference cannot be tuned to the known market shares: nobody would accept a product "
      + "that has a share, or too many people accept only one product.",
    "E0654": "There is no such scenario; `scenarios:` in the study names them.",
    "E0655": "A line needs candidates: own products, edits, scenarios, --vary or --candidates.",
    "E0671":
      "A model as SQL places people one by one from columns of a table. Ratings that are corrected for a "
      + "person's use of the scale, numbers that vary together within segments, and models that hold real "
      + "people's answers are for tessera assign.",
    "E0673":
      "Costs of channels cannot be planned with: a cost that stands at a set in place of a column, contacts "
      + "without a population, more than 16 channels with a cost, or a budget without any.",
    "E0672": "The temporary folder cannot be written; TMPDIR names another.",
    "E0674":
      "An answer such as 99 \"Don't know\" stands among the numbers of a scale, and would be averaged, turned "
      + "round or counted with them. Declare it missing; between two answers it may be the middle.",
    "E0656": "Revenue needs prices; profit also a column `cost` of the products.",
    "E0701":
      "An output cannot be written there: no permission, a folder in the way, or a folder that holds "
      + "something else (see --force). Status 73.",
    "E0702":
      "Writing failed midway, often for want of space. The earlier file is untouched. Status 74.",
    "E0703": "The format cannot hold what was asked for.",
    "E0710":
      "The folder holds no finished run. `tessera run STUDY -o FOLDER` makes one. Status 66.",
    "E0711": "run.json is not the record of a run of a study.",
    "E0712":
      "PNG files are drawn by rsvg-convert or Chromium, whichever is installed. Without --png a run "
      + "needs neither: charts are SVG files. Status 73.",
    "E0713":
      "The file of a run's replicates is damaged, or of another run. `tessera run` writes it anew.",
    "E0714":
      "The file named with --survey holds other people than the run. `tessera assign` places new ones.",
    "E0715":
      "The numeric library needs room for addresses, more than is in use at any time. `ulimit -v` "
      + "limits it; `ulimit -v unlimited` takes the limit away. Status 70.",
    "E0801": "The front matter between two lines of --- is never closed.",
    "E0802": "A block that opens with three backticks is never closed.",
    "E0803": "A file block names the one file that it writes.",
    "E0804": "A notebook reads and writes below its own folder only.",
    "E0805": "A word behind the name of a block means nothing there.",
    "E0806": "A console block begins with a command, behind a dollar sign.",
    "E0720": "Notebooks run their commands in bash, in a temporary folder; one of these failed.",
    "E0721": "Notebooks are UTF-8 text.",
    "E0722": "A notebook's file block may write only below the notebook's own clean folder.",
  ]
}
