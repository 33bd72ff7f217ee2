extension StudyReference {
  /// Every key of a study file: path, what it takes, default, example, meaning, where it is told.
  ///
  /// A star stands for a name of the user's own. The parser takes its keys from here, and so do the
  /// documents, the help and the schema.
  static let table = """
    title | text | the file's name | Family cars | What the study is called. | every output
    survey | file or mapping | required | respondents.csv | Where the answers come from and how they are read. | run.json
    survey.file | file, list or pattern | required | "exports/2026-*.sav" | The survey, relative to the study; several files are stacked. | run.json
    survey.id | column | none | respondent | The identifier: carried to assignments, never an input. | assignments
    survey.weight | column | the file's own | pspwght | Sampling weights. | method
    survey.frequency | column | none | count | How many people a row stands for, in a table of patterns. | method
    survey.strata | column | none | region | Strata of the sample, for honest errors. | method
    survey.cluster | column | none | household | Clusters of the sample, for honest errors. | method
    survey.population | column | large | districts_in_state | Of how many clusters (without clusters: people) of the population a row's stratum was drawn; makes errors smaller where much of it was. | method
    survey.lonely_units | join, adjust or certainty | join | adjust | Strata with a single cluster or person: joined with the next one, as far from the mean of the whole sample, or without error. | method
    survey.wave | column | none | wave | Which wave an answer is from: a column, or a new one made from the names of stacked files. | profile
    survey.missing | codes, by column or for all | the file's own | { all: { -99: refused }, income: [999] } | Answers that say nothing, with their reasons. | profile
    survey.levels | level or list of answers, by column | from labels and answers | { education: [none, school, college] } | What may be computed with a column; a list is an order, lowest first. | profile
    survey.labels | text by column | the file's own | { q1: Age } | What columns and sets are called in reports. | every output
    survey.sets | sets by name | the file's own | { media: { columns: [tv, web] } } | Questions with several answers that the file does not declare. | profile
    survey.sets.*.columns | columns or pattern | required | "act_*" | One column an answer. | profile
    survey.sets.*.chosen | code | 1 or yes | 1 | What says "chosen" in these columns. | profile
    survey.sets.*.column | column | none | q20 | One column whose cells list several answers. | profile
    survey.sets.*.separator | text | ; | "," | What stands between the answers of a cell. | profile
    survey.sets.*.options | list of answers | found in the cells | ["Coffee, tea", Water] | The answers on offer, where they hold the separator themselves. | profile
    survey.merge | mapping or list | none | { file: crm.csv, by: respondent } | A second file whose columns join by an identifier. | method
    survey.merge.file | file | required | crm.csv | The second file. | method
    survey.merge.by | column | required | respondent | The identifier in the survey. | method
    survey.merge.key | column | the same name | customer | The identifier in the second file. | method
    survey.merge.columns | columns | all | [tenure, spend] | Which columns to take. | method
    survey.filter | condition, or conditions by name | none | { complete: "status = complete" } | Who stays; all conditions must hold. | method
    survey.derive | variables by name | none | { age_band: { bands: age, at: [18, 30, 45] } } | New variables made from others. | method
    survey.derive.*.label | text | from the rule | Age | What readers see. | every output
    survey.derive.*.bands | column | none | age | Ranges of a number; with at:. | method
    survey.derive.*.at | list of numbers | required | [18, 30, 45, 60] | Where bands begin; below the first is missing. | method
    survey.derive.*.labels | list of texts | 18 to 29 ... | [young, middle, old] | Names of the bands. | profile
    survey.derive.*.net | column | none | region | Answers joined under new names; with into:. | method
    survey.derive.*.into | answers by new name | required | { North: [1, 2], South: [3, 4] } | Which answers each new name takes. | profile
    survey.derive.*.else | text | missing | Elsewhere | A name for all other answers, or for where no column is 1. | profile
    survey.derive.*.mean | columns or set | none | [q5_1, q5_3] | The mean of ratings. | method
    survey.derive.*.sum | columns | none | [spend_home, spend_out] | The sum of numbers. | method
    survey.derive.*.reverse | column, or columns of the mean | none | [q5_3] | Ratings that are turned round first, or a rating turned round. | method
    survey.derive.*.at_least | number | 1 | 2 | How many answers a mean or sum needs. | method
    survey.derive.*.count | columns or set | none | media | How many were chosen. | method
    survey.derive.*.of | list of answers | 1 or yes | [4, 5] | Which answers count. | method
    survey.derive.*.top | column | none | imp_safety | Whether an answer is among the highest. | method
    survey.derive.*.bottom | column | none | imp_safety | Whether an answer is among the lowest. | method
    survey.derive.*.boxes | number | 2 | 2 | How many answers the top or bottom holds. | method
    survey.derive.*.scale | two numbers | answers on offer | [1, 5] | The ends of the scale that is turned round or has boxes. | method
    survey.derive.*.one_of | columns or set | none | [drive, bike, walk] | Which of several columns of 0 and 1 is 1: one question; with else: where none is. | profile
    survey.derive.*.when | condition | none | "usage >= 4 and children > 0" | Whether a condition holds. | method
    survey.quality | mapping | none | { checks: { a1: agree }, remove: [checks] } | Who did not answer in earnest. | method
    survey.quality.speeders | mapping | none | { seconds: duration, below: 0.33 } | People much faster than the median. | method
    survey.quality.speeders.seconds | column | required | duration | How long the interview took. | method
    survey.quality.speeders.below | number | 0.333 | 0.33 | Which part of the median is too fast. | method
    survey.quality.straight_liners | columns or set | none | [q5_1, q5_2, q5_3, q5_4, q5_5] | A battery; one answer to all of it counts. | method
    survey.quality.checks | answers by column | none | { attention1: agree } | Questions that ask for a certain answer. | method
    survey.quality.contradictions | conditions by name | none | { young: "kids > 0 and age < 14" } | What nobody can mean. | method
    survey.quality.duplicates | columns or set | none | [q1, q2, q3] | Questions to which two people never give the same answers throughout. | method
    survey.quality.remove | list of rules | none | [checks] | Rules whose people are left out; the others count only. | method
    survey.weights | mapping | none | { targets: { gender: { F: 0.51, M: 0.49 } } } | Weights made to fit known shares (raking). | method
    survey.weights.base | column | 1 each | design_weight | Weights to begin with. | method
    survey.weights.targets | shares by variable, or file | required | { gender: { F: 0.51, M: 0.49 }, age_band: targets.csv } | What is known of the population. | method
    survey.weights.trim | two numbers | none | [0.3, 3] | Bounds of a weight relative to its base. | method
    survey.weights.missing | keep | refuse | keep | Lets people without an answer keep their weight. | method
    survey.encoding | name | found | windows-1252 | The encoding of a text file. | run.json
    survey.delimiter | character | found | ";" | What stands between fields. | run.json
    survey.quote | character | found | "'" | What stands around fields. | run.json
    survey.escape | character | none | "\\\\" | What stands before a quote inside a field. | run.json
    survey.decimal | . or , | found | "," | The decimal mark. | run.json
    survey.sheet | name or number | the first with data | Responses | Which sheet of a workbook. | run.json
    survey.format | name | found | sav | The format, where the file should not be asked. | run.json
    survey.header | true or false | found | false | Whether the first line names the columns; without names they are column_1, column_2. | run.json
    survey.salvage | true or false | false | true | Sets damaged rows aside instead of refusing the file. | run.json
    segments | mapping | guessed | { active: [income, activities], count: 2-8 } | How people become segments. | segments
    segments.active | columns or sets | guessed | [income, education, activities] | What makes the segments. | segments
    segments.passive | columns or sets | none | [gender, region] | What only describes them. | profile
    segments.covariates | columns | none | [age] | What explains membership (concomitant variables). | segments
    segments.count | number or range | 1-8 | 2-8 | How many segments, or the range to choose from. | segments
    segments.method | word | latent-class | kmeans | latent-class, mixture, kmeans, kmedians, kmodes, kprototypes, pam, clara, ward, famd, bagged or ensemble. | segments
    segments.given | column | none | segment | Segments that exist already; nothing is fitted. | segments
    segments.names | name by segment | from the profile | { S1: Families } | Names; see tessera rename. | every output
    segments.starts | number | by the size of the data | 50 | Random starts for each number of segments. | segments
    segments.tolerance | number | 1e-8 | 1e-8 | When a search ends. | segments
    segments.prior | default or none | default | none | Pull of the estimates away from 0 and 1. | segments
    segments.stability | number | 100 | 200 | Bootstrap replicates for stability; 0 for none. | segments
    segments.ordinal | word | adjacent-categories | nominal | What ordered answers are taken for. | segments
    segments.variances | word | class-specific | equal | Whether segments share the variances of numbers. | segments
    segments.gaps | word | ignored | modelled | What an unanswered question says. | segments
    segments.blocks | groups of columns | all numbers | [[income, age]] | Numbers that vary together (method mixture). | segments
    segments.direct_effects | pairs of columns | none | [[tv, radio]] | Answers tied to each other within segments. | segments
    segments.zero_inflated | columns | none | [visits] | Counts where some people never count anything, whatever the others do. | segments
    segments.response_style | word | none | center | How each person's way of rating is taken out: none, center, ipsatise, rank, intercept. | segments
    segments.scale_use | word | raw | center | The same, where people differ mainly in how high they rate: raw, center, rank, intercept. | segments
    segments.scale | word | standard-deviation | range | What numbers are divided by before distances. | segments
    segments.blrt | number | 0 | 99 | Sets of the bootstrap likelihood-ratio test. | segments
    segments.residuals | number | 0 | 99 | Sets for the p-values of bivariate residuals. | segments
    segments.folds | number | 0 | 10 | Folds of the cross-validated likelihood. | segments
    segments.structure | number | 0 | 50 | Sets without groups for the full test of structure. | verdict
    segments.choose | true or false | false | true | Judges which questions carry the segments. | segments
    segments.outcomes | columns | none | [spending] | What is related to segments by a three-step correction. | segments
    segments.correction | bch or ml | bch | ml | The three-step correction. | segments
    segments.flags | true or false | false | true | Adds flags of odd respondents to the assignments. | assignments
    need_scale | two numbers | the value labels | [1, 5] | Ends of the rating scale of all needs. | fit
    needs | needs by name | none | { keep_safe: { importance: imp_safety } } | What people want from a product. | fit
    needs.*.label | text | the name | Keeps us safe | What readers see. | fit
    needs.*.importance | column | none | imp_safety | How much it matters, rated. | fit
    needs.*.top2 | column | none | imp_safety | 1 in the top two boxes, else 0. | fit
    needs.*.maxdiff | mapping or answer | none | { best: b1, worst: w1, shown: 3 } | Best-worst tasks. | fit
    needs.*.maxdiff.best | column | required | b_speed | How often chosen best. | fit
    needs.*.maxdiff.worst | column | required | w_speed | How often chosen worst. | fit
    needs.*.maxdiff.shown | number | required | 3 | How often shown. | fit
    needs.*.maxdiff.score | column | none | u_style | A person's own score, in logits. | fit
    needs.*.rank | column | none | rank_care | 1 for what matters most. | fit
    needs.*.points | column | none | points_price | Points of a constant sum. | fit
    needs.*.ticked | statement, column or answer | none | "pains includes child_seat" | 1 where it holds. | fit
    needs.*.assumed | number | none | 2 | The analyst's own weight, for everybody. | fit
    needs.*.satisfaction | column | none | sat_safety | How satisfied people are today. | fit
    needs.*.scale | two numbers | need_scale | [1, 7] | Ends of this need's scale. | fit
    needs.*.combine | mean, all or any | mean | all | How the features of a need add up. | fit
    features | features by name | none | { seats: { value: { linear: [2, 5] } } } | What products have, and what it is worth. | fit
    features.*.label | text | the name | Seats | What readers see. | fit
    features.*.unit | text | none | mpg | The unit of the numbers. | fit
    features.*.levels | value by level | none | { none: 0, tight: 0.5, comfortable: 1 } | Named levels and their worth from 0 to 1. | fit
    features.*.range | from, to, step | what products have | [20000, 30000, 500] | What improve and line may try. | improve
    features.*.cost | cost by level, or of one unit more | unknown | { comfortable: 90 } | What a level costs, per piece in the unit of the price. | improve
    features.*.value | mapping | none | { linear: [2, 5] } | What a number is worth. | fit
    features.*.value.linear | worst, best | none | [2, 5] | Rises evenly from worst to best. | fit
    features.*.value.target | level, tolerance | none | [20, 5] | Best at a level, less on both sides. | fit
    features.*.value.threshold | level, ramp | none | [20, 5] | Enough from a level on. | fit
    features.*.value.diminishing | pairs of level and worth | none | [[10, 0], [30, 0.8], [50, 1]] | Rises less and less. | fit
    features.*.value.diminishing.rate | from, scale | none | [10, 20] | Rises less and less, by a formula. | fit
    features.*.value.rate | from, scale | none | [10, 20] | The same by a formula. | fit
    features.*.value.levels | value by level | none | { none: 0, full: 1 } | The same as levels:. | fit
    features.*.value.burden | mapping | none | { income: income, full_at: 0.4, zero_at: 1 } | A price against each person's income. | fit
    features.*.value.burden.income | column | required | income | The income, in the price's currency. | fit
    features.*.value.burden.full_at | share of income | required | 0.4 | Below it the price is no burden. | fit
    features.*.value.burden.zero_at | share of income | required | 1 | From it on the price is out of reach. | fit
    products | file or table | none | products.csv | A row a product, a column a feature; blank is unknown. A column cost that is no feature says what a piece costs. | fit
    relations | file or table | none | relations.csv | A row a need, a column a feature: 9 strong, 3 medium, 1 weak, minus harms. | fit
    barriers | barriers by name | none | { too_dear: { violated_when: "price > max_price" } } | What stops people from buying. | fit
    barriers.*.label | text | the name | Too dear | What readers see. | fit
    barriers.*.violated_when | condition | required | "child_seat_fit < tight" | When a product hits it. | fit
    barriers.*.held_by | condition | everybody | "stops_me includes child_seat" | Whom it concerns. | fit
    barriers.*.must_be | pair of Kano's questions | none | doors | Held by those to whom it is a must. | fit
    barriers.*.strength | 0 to 1 | 1 | 0.8 | 1 stops a purchase, less slows it. | fit
    rho | -10 to 1 | 1 | 0.5 | How far a strong need makes up for a weak one. | fit
    edits | edits by name | none | { sporty: { product: suv, set: { accel: 7 } } } | Changes to try. | improve
    edits.*.label | text | the name | Sporty SUV | What readers see. | improve
    edits.*.product | product | required | suv | Which product changes. | improve
    edits.*.set | level by feature | required | { accel: 7 } | The new levels. | improve
    edits.*.cost | number | unknown | 400 | What the change costs. | improve
    market | mapping | all products are own | { own: [coupe, wagon], competitors: [suv] } | Which products compete, who knows them, and known shares. | scenario
    market.own | products | required | [coupe, wagon] | Products of your own. | scenario
    market.competitors | products | all others | [suv] | Products of others; what is in neither list is not on the market today. | scenario
    market.outside | true or false | true | false | Whether people who accept nothing take none; else shares are of those who take something. | scenario
    market.awareness | share of people by product, or by product and segment | 1 | { suv: 0.6, coupe: { Families: 0.4, all: 0.3 } } | How many know a product. | scenario
    market.distribution | share of people by product, or by product and segment | 1 | { suv: 0.9 } | How many can get a product. | scenario
    market.counted_by | first_choice or share_of_preference | first_choice; share_of_preference with shares | share_of_preference | By which share prices, targets, lines and scenarios count people. | scenario
    market.shares | share by product | none | { suv: 0.3, coupe: 0.1 } | Known shares of what is bought; shares of preference are tuned to them. | scenario
    scenarios | scenarios by name | none | { rival: { products: { suv: { price: 25000 } } } } | Markets that could be, beside that of today. | scenario
    scenarios.*.label | text | the name | Rival at 25,000 | What readers see. | scenario
    scenarios.*.products | new levels by product | none | { suv: { price: 25000 } } | Products that change. | scenario
    scenarios.*.add | products, or own or competitor by product | none | [rival] | Products of the table that enter the market; a competitor's unless said. | scenario
    scenarios.*.remove | products | none | [coupe] | Products that leave the market. | scenario
    values | columns or sets | none | [environment, roads] | Attitudes told under "what they value". | profile
    channels | columns or sets, or costs by column | none | [tv, web] | Media that reach people. | reach
    channels.*.cost | amount | none | 20000 | What using the channel costs. | reach
    channels.*.impressions | number | all who use it are reached | 900000 | Contacts that are bought for it, over everybody. | reach
    population | number | none | 1200000 | People in the market: sizes in people. | segments
    funnel | columns, or columns by product | none | [aware, considered, bought] | Steps to a purchase, first to last. | fit
    choices | column or mapping | none | { file: choices.csv, task: task, chosen: chosen } | Real choices that the fit is held against. | validate
    choices.file | file | the survey | choices.csv | The choices. | validate
    choices.layout | long, slots, survey or design | from the other keys | long | How the file is laid out. | validate
    choices.slots | number | none | 6 | Alternatives of a menu that stands in one row. | validate
    choices.respondent | column | survey.id | respondent | Whose choice it is. | validate
    choices.task | column | none | task | Which menu a row belongs to. | validate
    choices.chosen | column or columns | required | chosen | What was taken. | validate
    choices.product | column | none | product | Which product an alternative is. | validate
    choices.features | columns | none | [price] | Levels on the menu in place of the product's. | validate
    choices.attributes | columns, or expressions by name | none | [price, range] | What a choice model looks at. | validate
    choices.controls | columns, or expressions by name | none | [slot] | How the menu was built: no tastes. | validate
    choices.by_segment | attributes | all | [price] | Whose coefficients may differ by segment. | validate
    choices.price | attribute | none | price | In what willingness to pay is told. | validate
    choices.exposure | column or mapping | none | { of: type, where: "slot = 1" } | Whether segments were shown the same. | validate
    choices.exposure.of | column | required | type | What is counted. | validate
    choices.exposure.where | condition | all | "slot = 1" | Which alternatives count. | validate
    choices.skip | number | 0 | 7 | Menus at the start that are left out. | validate
    choices.folds | number | 10 | 10 | Folds of the cross-validation. | validate
    choices.bar | word | adds | chance | What the fit has to reach. | validate
    choices.latent_classes | number or range | none | 2-4 | Classes of tastes to fit. | validate
    choices.numeric | attributes | none | [price] | Attributes that are quantities; other codes are levels. | validate
    choices.design | mapping | none | { file: design.csv, version: version, task: task } | What was on the menus, in a file of its own. | validate
    choices.design.file | file | required | design.csv | The design. | validate
    choices.design.version | column | none | version | The version each person saw. | validate
    choices.design.respondent | column | none | respondent | Whose menu it was. | validate
    choices.design.task | column | required | task | Which task. | validate
    choices.design.alternative | column | order of rows | concept | Which alternative. | validate
    choices.design.none | answer | one more than the alternatives | 4 | The answer for none of these. | validate
    maxdiff | mapping | none | { best: [b1, b2], worst: [w1, w2], shown: 3 } | Best-worst tasks whose answers are needs. | fit
    maxdiff.best | columns | required | [b1, b2] | The best of each task. | fit
    maxdiff.worst | columns | required | [w1, w2] | The worst of each task. | fit
    maxdiff.shown | number | required without design | 3 | How often each item was shown. | fit
    maxdiff.design | mapping | none | { file: design.csv, version: version, task: task, items: item } | What was shown, in a file of its own. | fit
    maxdiff.design.file | file | required | design.csv | The design. | fit
    maxdiff.design.version | column | none | version | The version each person saw. | fit
    maxdiff.design.respondent | column | none | respondent | Whose tasks they were. | fit
    maxdiff.design.task | column | required | task | Which task. | fit
    maxdiff.design.items | columns | required | item | The items shown. | fit
    price_questions | mapping | none | { too_cheap: p1, cheap: p2, expensive: p3, too_expensive: p4 } | Van Westendorp's four questions. | fit
    price_questions.too_cheap | column | required | p1 | At what price quality is doubted. | fit
    price_questions.cheap | column | required | p2 | At what price it is a bargain. | fit
    price_questions.expensive | column | required | p3 | At what price it gets expensive. | fit
    price_questions.too_expensive | column | required | p4 | At what price it is out of the question. | fit
    price_questions.range | original or narrower | original | narrower | Which crossings bound the range. | fit
    price_questions.intent_cheap | column | none | i2 | Intent to buy at the bargain. | fit
    price_questions.intent_expensive | column | none | i3 | Intent to buy at the expensive price. | fit
    price_questions.chances | chance by answer | 0.7 0.5 0.3 0.1 0 | { 5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0 } | Chance of buying for each intent. | fit
    price_ladder | mapping | none | { steps: { 20000: buy_20k, 25000: buy_25k }, yes: 1 } | Who would buy at each of several prices (Gabor-Granger). | price
    price_ladder.product | product | none | coupe | The product that was asked about. | price
    price_ladder.steps | column by price | required | { 20000: buy_20k, 25000: buy_25k } | For each price the column that says who would buy. | price
    price_ladder.yes | answer or answers | 1 or yes | [4, 5] | What says that they would buy. | price
    kano | pairs by name | none | { doors: { functional: k1, dysfunctional: k2 } } | Kano's pairs of questions. | fit
    kano.*.label | text | the name | Four doors | What readers see. | fit
    kano.*.functional | column | required | k_with | How it is with the feature. | fit
    kano.*.dysfunctional | column | required | k_without | How it is without. | fit
    drivers | mapping | none | { rating: overall, of: [sat_room, sat_price] } | What drives an overall rating. | fit
    drivers.rating | column | required | overall | The overall rating. | fit
    drivers.of | columns | the satisfactions | [sat_room, sat_price] | What may drive it. | fit
    privacy | standard, strict or none | standard | strict | What is hidden; docs/privacy.md. | every output
    sensitive | columns or sets | none | [religion, health] | Columns that follow strict everywhere. | profile
    allow_personal | columns | none | [postcode] | Columns that look like personal data and may be used all the same. | method
    reach | mapping | none | { force: [tv], exclude: [radio] } | Bounds on the sets of channels. | reach
    reach.force | items | none | [tv] | In every best set. | reach
    reach.exclude | items | none | [radio] | In none. | reach
    reach.budget | amount | none | 50000 | What the channels of a plan may cost together. | reach
    say | wording by answer, by column | "answered ..." | { tasty: { "no": find it not tasty } } | How answers are said behind a figure, in the plural. | profile
    banner | columns or sets, nested with > | segments | [segments, gender, gender > age_band] | Columns of tables; segments always stand first. | tables
    stub | all, columns or sets, or questions by name | all | [satisfaction, media] | Questions of tables. | tables
    stub.* | mapping | none | { nets: { Satisfied: [4, 5] } } | A question of tables; all stands for every other one. | tables
    stub.*.nets | answers by name | top and bottom two of ratings | { Satisfied: [4, 5] } | Answers taken together. | tables
    """
}
