# Results as small lists, read from the files that the command wrote.

new_segmentation <- function(folder, class = character(), ...) {
  found <- read_document(file.path(folder, "segments.json"))
  profiles <- read_document(file.path(folder, "profiles.json"))
  result <- list(
    segments = segment_rows(found), profiles = profile_rows(profiles$segments),
    verdict = found$verdict$words, warnings = unlist(found$warnings), ..., folder = folder
  )
  structure(result, class = c(class, "tessera_segmentation"))
}

new_run <- function(folder) {
  record <- read_document(file.path(folder, "run.json"))
  has_fit <- file.exists(file.path(folder, "fit.json"))
  fit <- if (has_fit) new_fit(read_document(file.path(folder, "fit.json")))
  charts <- list.files(file.path(folder, "charts"), "\\.svg$", full.names = TRUE)
  result <- new_segmentation(
    folder, "tessera_run",
    findings = unlist(record$findings), fit = fit, cells = fit$cells,
    charts = with_names(charts, sub("\\.svg$", "", basename(charts))),
    report = file.path(folder, "report.html")
  )
  result$warnings <- unlist(record$warnings)
  result
}

new_fit <- function(document) {
  labels <- with_names(column(document$products, "label"), column(document$products, "name"))
  segments <- column(document$segments, "id")
  bases <- with_names(column(document$segments, "base", NA_real_), segments)
  best <- Filter(function(one) one$best == 1, document$ranks)
  pairs <- paste(column(best, "segment"), column(best, "product"))
  cells <- Filter(function(one) !is.null(one$segment), document$cells)
  measures <- c("fit", "low", "high", "se", "fit_min", "fit_max", "acceptance", "quality")
  segment <- column(cells, "segment")
  product <- column(cells, "product")
  numbers <- lapply(with_names(measures, measures), function(name) column(cells, name, NA_real_))
  table <- tibble::tibble(
    segment = segment, product = product, label = unname(labels[product]), !!!numbers,
    may_be_first = paste(segment, product) %in% pairs, base = unname(bases[segment])
  )
  names <- with_names(column(document$segments, "name"), segments)
  structure(
    list(cells = table, names = names, warnings = unlist(document$warnings), data = document),
    class = "tessera_fit"
  )
}

new_whatif <- function(document) {
  measures <- c("fit", "gain", "se", "low", "high")
  numbers <- lapply(with_names(measures, measures), function(name) column(document$segments, name, NA_real_))
  segments <- tibble::tibble(segment = column(document$segments, "segment"), !!!numbers)
  structure(
    list(
      product = document$product, gain = document$population_gain, low = document$low,
      high = document$high, segments = segments, data = document
    ),
    class = "tessera_whatif"
  )
}

new_tables <- function(document, file) {
  numbers <- c(
    "base", "weighted_base", "effective_base", "value", "value_low", "value_high", "row_share",
    "index", "count", "table_p"
  )
  cells <- read_cells(file, numbers)
  cells$small_base <- cells$small_base %in% c("1", "true")
  cells$letters[is.na(cells$letters)] <- ""
  structure(list(cells = cells, notes = unlist(document$notes), data = document), class = "tessera_tables")
}

new_inspection <- function(document) {
  found <- document$variables
  texts <- c("name", "label", "level", "role", "role_reason")
  numbers <- c("missing", "distinct", "mean", "standard_deviation")
  variables <- tibble::tibble(
    !!!lapply(with_names(texts, texts), function(name) column(found, name)),
    !!!lapply(with_names(numbers, numbers), function(name) column(found, name, NA_real_)),
    answers = lapply(found, function(one) with_names(column(one$categories, "code"), column(one$categories, "label")))
  )
  problems <- tibble::tibble(
    row = column(document$problems, "row", NA_real_), column = column(document$problems, "column"),
    message = column(document$problems, "message")
  )
  structure(
    list(
      respondents = document$respondents, completes = document$completes, variables = variables,
      problems = problems, data = document
    ),
    class = "tessera_inspection"
  )
}

# A member of each record; `missing` says what stands where there is none, and the type.
column <- function(records, name, missing = NA_character_) {
  vapply(records, function(one) {
    value <- one[[name]]
    if (is.null(value)) missing else if (is.character(missing)) as.character(value) else as.numeric(value)
  }, missing, USE.NAMES = FALSE)
}

segment_rows <- function(found) {
  ends <- lapply(found$segments, function(one) one$share_interval)
  stable <- found$stability$segments
  overlaps <- with_names(column(stable, "jaccard", NA_real_), column(stable, "id"))
  segment <- column(found$segments, "id")
  tibble::tibble(
    segment = segment, name = column(found$segments, "name"),
    share = column(found$segments, "share", NA_real_), share_low = column(ends, "low", NA_real_),
    share_high = column(ends, "high", NA_real_),
    respondents = column(found$segments, "respondents", NA_real_),
    found_again = unname(overlaps[segment])
  )
}

# Every answer in every segment, or a mean; the columns are those of profiles.csv.
profile_rows <- function(segments) {
  records <- list()
  for (segment in segments) {
    for (variable in segment$variables) {
      head <- c(list(segment = segment$id, variable = variable$name), variable[c("label", "level", "role", "base")])
      head$small_base <- as.character(variable$small_base)
      answers <- variable$categories
      rows <- if (length(answers) == 0) {
        list(variable[c("mean", "total_mean", "hidden")])
      } else {
        lapply(answers, function(one) {
          c(one[c("code", "share", "total_share", "index", "hidden")], list(answer = one$label))
        })
      }
      records <- c(records, lapply(rows, function(row) c(head, row)))
    }
  }
  texts <- c("segment", "variable", "label", "level", "role", "code", "answer")
  numbers <- c("share", "total_share", "index", "mean", "total_mean", "base")
  tibble::tibble(
    !!!lapply(with_names(texts, texts), function(name) column(records, name)),
    !!!lapply(with_names(numbers, numbers), function(name) column(records, name, NA_real_)),
    small_base = column(records, "small_base") == "TRUE", hidden = column(records, "hidden")
  )
}

read_assignments <- function(file) {
  heading <- names(utils::read.csv(file, nrows = 1, check.names = FALSE))
  read_cells(file, c("probability", grep("^p_", heading, value = TRUE)))
}

# A CSV file of the command: texts, and numbers where `numbers` says so.
read_cells <- function(file, numbers) {
  cells <- utils::read.csv(
    file, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8"
  )
  for (name in intersect(numbers, names(cells))) cells[[name]] <- as.numeric(cells[[name]])
  tibble::as_tibble(cells)
}

#' Everything of a result
#'
#' `assignments()` is everybody's segment with all probabilities; `document()` is a JSON file of the
#' result's folder as a list, with all that docs/outputs.md describes.
#'
#' @param x A result of [segment()] or [run()].
#' @param name Name of the file without its ending: `"segments"`, `"profiles"`, `"fit"`, `"run"`.
#' @return A tibble as of [assign_segments()]; a list.
#' @examples
#' if (tessera_available()) {
#'   found <- segment(iris[1:4], method = "kmeans", segments = 3, stability = 0)
#'   assignments(found)
#'   document(found, "segments")$criteria$within_ss
#' }
#' @export
assignments <- function(x) read_assignments(file.path(x$folder, "assignments.csv"))

#' @rdname assignments
#' @export
document <- function(x, name) read_document(file.path(x$folder, paste0(name, ".json")))

#' Keep and open results
#'
#' `save_run()` copies the files of a result or of a draft into a folder that is new; `open_run()`
#' opens the folder of a finished run.
#'
#' @param x A result of [segment()], [run()] or [draft()].
#' @param folder The folder.
#' @return `save_run()` the folder, of a draft its study file, invisibly; `open_run()` a
#'   `tessera_run` as [run()] returns it.
#' @examples
#' \donttest{
#' if (tessera_available()) {
#'   folder <- save_run(run(example_study(), replicates = 50), tempfile())
#'   open_run(folder)
#' }
#' }
#' @export
save_run <- function(x, folder) {
  if (file.exists(folder)) fail("the folder is there already", file = folder, status = 73L)
  dir.create(folder, recursive = TRUE)
  file.copy(list.files(x$folder, full.names = TRUE), folder, recursive = TRUE)
  folder <- normalizePath(folder)
  invisible(if (inherits(x, "tessera_draft")) file.path(folder, "study.yaml") else folder)
}

#' @rdname save_run
#' @export
open_run <- function(folder) {
  folder <- full_path(folder)
  if (!file.exists(file.path(folder, "run.json")) || !file.exists(file.path(folder, "segments.json"))) {
    fail("there is no finished run", "E0101", file = folder, status = 66L)
  }
  new_run(folder)
}
