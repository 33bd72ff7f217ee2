#' What is in a survey
#'
#' Variables, levels, labels, missing answers and problems.
#'
#' @param data A survey: a file (CSV, SPSS, Stata, Excel, Triple-S ...) or a data frame. Labels as
#'   'haven' keeps them, and factors, are handed over; ordered factors keep their order.
#' @param ... Options of the command, with `_` for `-`: see `tessera inspect --help`.
#' @return A `tessera_inspection`: a list with `respondents`, `completes` (respondents without a
#'   missing answer), and the tibbles `variables` and `problems`.
#' @examples
#' if (tessera_available()) inspect(warpbreaks)
#' @export
inspect <- function(data, ...) {
  desk <- new_desk()
  file <- desk_survey(desk, data)$file
  new_inspection(desk_call(desk, c("inspect", file, option_words(list(...)))))
}

#' A study file drafted from a survey
#'
#' It has a reason beside every guess and runs as it is: correct it and hand it to [run()].
#'
#' @inheritParams inspect
#' @param title Title of the study.
#' @return A `tessera_draft`: a list with `text` and `path`, in a folder that lives as long as the
#'   session; [save_run()] copies it, and the data that came as a frame.
#' @examples
#' if (tessera_available()) {
#'   people <- as.data.frame(lapply(as.data.frame(Titanic), rep, as.data.frame(Titanic)$Freq))
#'   draft(people[1:4], title = "Who was on board")
#' }
#' @export
draft <- function(data, title = NULL, ...) {
  desk <- new_desk()
  file <- desk_survey(desk, data)$file
  # Beside a frame's file the draft names it without its folder, so both can be moved.
  if (dirname(file) == desk$folder) file <- basename(file)
  words <- c("init", file, "-o", "study.yaml", option_words(list(title = title, ...)))
  answer <- desk_call(desk, words, folder = desk$folder)
  path <- file.path(desk$folder, "study.yaml")
  structure(
    list(text = answer$study, path = path, folder = desk$folder), class = "tessera_draft"
  )
}

#' Segments of a survey
#'
#' Segments only, of a survey or of a study. What is left out is guessed as by `tessera segment`.
#'
#' @inheritParams inspect
#' @param data A survey as for [inspect()], a study file, a draft, or a study as a list.
#' @param segments A number of segments or a range such as `"2-8"`.
#' @param method `"latent-class"` (the default), `"kmeans"` and others: see `tessera segment --help`.
#' @param active,passive Columns that make the segments, and columns that only describe them.
#' @param nominal,ordinal,numeric Columns with answers of a level.
#' @param weight,frequency,id Columns with sampling weights, counts and identifiers.
#' @param seed Seed of all chance.
#' @param folder Where the files go; by default a folder that lives as long as the session.
#' @param progress Whether the command shows its progress on the terminal.
#' @return A `tessera_segmentation`: a list with the tibbles `segments` and `profiles`, the `verdict`,
#'   `warnings`, and the `folder` with all files. [assignments()] has everybody's segment,
#'   [document()] all numbers, and `logLik`, `AIC` and `BIC` know it.
#' @seealso [predict.tessera_segmentation()], [autoplot.tessera_segmentation()]
#' @examples
#' if (tessera_available()) {
#'   found <- segment(
#'     as.data.frame(Titanic), active = c("Class", "Sex", "Age", "Survived"), frequency = "Freq",
#'     segments = 3, stability = 0
#'   )
#'   found
#'   BIC(found)
#' }
#' @export
segment <- function(data, segments = NULL, method = NULL, active = NULL, passive = NULL,
                    nominal = NULL, ordinal = NULL, numeric = NULL, weight = NULL,
                    frequency = NULL, id = NULL, seed = 1, folder = NULL,
                    progress = interactive(), ...) {
  desk <- new_desk()
  given <- if (is_study(data)) list(file = desk_study(desk, data)) else desk_survey(desk, data)
  if (length(given$ordered) > 0) ordinal <- union(ordinal, given$ordered)
  target <- target_folder(desk, folder)
  options <- list(
    segments = segments, method = method, active = active, passive = passive, nominal = nominal,
    ordinal = ordinal, numeric = numeric, weight = weight, frequency = frequency, id = id,
    seed = seed, ...
  )
  desk_call(desk, c("segment", given$file, "-o", target, option_words(options)), progress)
  new_segmentation(target)
}

#' The whole study
#'
#' Segments, profiles, fit, charts and report.
#'
#' @inheritParams segment
#' @param study A study file, a draft, or a list with the keys of a study file, in which data frames
#'   may stand.
#' @param data The survey, where `study` is a list that names none.
#' @return A `tessera_run`: a [segment()]ation that also has `findings`, `fit` (see [fit()]; `NULL`
#'   without products), `cells` (the fit of every product with every segment), `charts` (SVG files by
#'   name) and `report` (a page for a browser).
#' @seealso [save_run()], [open_run()]
#' @examples
#' \donttest{
#' if (tessera_available()) {
#'   result <- run(example_study(), replicates = 50)
#'   result$findings
#'   result$cells
#' }
#' }
#' @export
run <- function(study, data = NULL, seed = 1, folder = NULL, progress = interactive(), ...) {
  desk <- new_desk()
  file <- desk_study(desk, study, data)
  target <- target_folder(desk, folder)
  words <- c("run", file, "-o", target, option_words(list(seed = seed, ...)))
  desk_call(desk, words, progress)
  new_run(target)
}

#' Segments of new respondents
#'
#' By a model or a finished run. (`assign` is a function of R itself, hence the longer name.)
#'
#' @inheritParams inspect
#' @param model,object A result of [segment()] or [run()], or the path of a `segments.json`.
#' @param data,newdata New respondents: a file or a data frame with the active questions.
#' @return A tibble with `id`, `segment`, `name`, `probability` and `p_S1`, `p_S2` and so on, in the
#'   order of the data.
#' @examples
#' if (tessera_available()) {
#'   found <- segment(iris[1:4], method = "kmeans", segments = 3, stability = 0)
#'   table(assign_segments(found, iris)$segment, iris$Species)
#' }
#' @export
assign_segments <- function(model, data, ...) {
  desk <- new_desk()
  file <- desk_survey(desk, data)$file
  target <- file.path(desk$folder, "assigned.csv")
  words <- c("assign", "--model", model_file(model), file, "-o", target)
  desk_call(desk, c(words, option_words(list(...))))
  read_assignments(target)
}

#' @rdname assign_segments
#' @importFrom stats predict
#' @export
predict.tessera_segmentation <- function(object, newdata, ...) {
  if (missing(newdata)) assignments(object) else assign_segments(object, newdata, ...)
}

#' The fit of products with segments
#'
#' @inheritParams run
#' @param model A result of [segment()] or [run()], or the path of a `segments.json`, whose segments
#'   are taken; by default those of the study.
#' @return A `tessera_fit`: a list with the tibble `cells` (fit from 0 to 100 with its 95% interval),
#'   `names` of the segments, `warnings`, and `data`, all that `fit.json` holds.
#' @examples
#' \donttest{
#' if (tessera_available()) fit(example_study(), replicates = 50)
#' }
#' @export
fit <- function(study, data = NULL, model = NULL, seed = 1, progress = interactive(), ...) {
  desk <- new_desk()
  file <- desk_study(desk, study, data)
  options <- list(model = if (!is.null(model)) model_file(model), seed = seed, ...)
  new_fit(desk_call(desk, c("fit", file, option_words(options)), progress))
}

#' What a change to a product would bring
#'
#' @inheritParams inspect
#' @param run A result of [run()], or its folder.
#' @param product Name of the product.
#' @param changes A named list of features with their new levels.
#' @return A `tessera_whatif`: a list with `product`, the `gain` over everybody in points of fit with
#'   its 95% interval `low` to `high`, and the tibble `segments`.
#' @examples
#' \donttest{
#' if (tessera_available()) {
#'   result <- run(example_study(), replicates = 50)
#'   whatif(result, "coupe", list(seats = 4, price = 39000))
#' }
#' }
#' @export
whatif <- function(run, product, changes, ...) {
  words <- c("whatif", run_folder(run), "--product", product)
  for (feature in names(changes)) {
    words <- c(words, "--set", paste0(feature, "=", plain_text(changes[[feature]])))
  }
  new_whatif(call_tessera(c(words, option_words(list(...)))))
}

#' Banner tables with significance letters
#'
#' @inheritParams inspect
#' @param subject A result of [run()], a study file, or a survey as for [inspect()].
#' @param banner,stub Questions in the columns and in the rows.
#' @return A `tessera_tables`: a list with the tibble `cells`, `notes` on how to read letters and
#'   bases, and `data`, all that the command printed.
#' @examples
#' if (tessera_available()) tables(warpbreaks, banner = "tension", stub = "breaks")
#' @export
tables <- function(subject, banner = NULL, stub = NULL, ...) {
  desk <- new_desk()
  file <- if (inherits(subject, "tessera_segmentation")) {
    subject$folder
  } else if (is_study(subject)) {
    desk_study(desk, subject)
  } else {
    desk_survey(desk, subject)$file
  }
  target <- file.path(desk$folder, "tables.csv")
  words <- c("tables", file, "-o", target, option_words(list(banner = banner, stub = stub, ...)))
  answer <- desk_call(desk, words)
  new_tables(answer, target)
}

#' A survey as a tibble with labels
#'
#' Reads every format that the command reads; labels of columns and answers are kept as 'haven' keeps
#' them. Of a study it is the survey after filter, derived columns and weights.
#'
#' @inheritParams inspect
#' @param survey A survey file, or a study: a list, a draft or a `.yaml` or `.json` file.
#' @return A tibble, whose columns with labels are [haven::labelled()].
#' @examples
#' if (tessera_available() && requireNamespace("haven", quietly = TRUE)) {
#'   file <- tempfile(fileext = ".csv")
#'   write.csv(warpbreaks, file, row.names = FALSE)
#'   read_survey(file)
#' }
#' @export
read_survey <- function(survey, ...) {
  if (!requireNamespace("haven", quietly = TRUE)) stop("read_survey needs the package haven")
  desk <- new_desk()
  target <- file.path(desk$folder, "prepared.sav")
  is_file <- is.character(survey) && !grepl("\\.(ya?ml|json)$", survey)
  words <- if (is_file) {
    c("convert", full_path(survey), target)
  } else {
    c("prepare", desk_study(desk, survey), "-o", target)
  }
  desk_call(desk, c(words, option_words(list(...))))
  haven::read_sav(target)
}
