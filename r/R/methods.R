# What R expects of results: print, summary, as_tibble, logLik.

#' Results as tibbles
#'
#' The main table of a result: segments, fit, gains, cells of tables, variables.
#'
#' @param x A result.
#' @param ... Not used.
#' @return A tibble.
#' @name as_tibble.tessera
#' @examples
#' if (tessera_available()) tibble::as_tibble(inspect(warpbreaks))
NULL

#' @importFrom tibble as_tibble
#' @export
tibble::as_tibble

#' @rdname as_tibble.tessera
#' @method as_tibble tessera_segmentation
#' @export
as_tibble.tessera_segmentation <- function(x, ...) x$segments

#' @rdname as_tibble.tessera
#' @method as_tibble tessera_fit
#' @export
as_tibble.tessera_fit <- function(x, ...) x$cells

#' @rdname as_tibble.tessera
#' @method as_tibble tessera_whatif
#' @export
as_tibble.tessera_whatif <- function(x, ...) x$segments

#' @rdname as_tibble.tessera
#' @method as_tibble tessera_tables
#' @export
as_tibble.tessera_tables <- function(x, ...) x$cells

#' @rdname as_tibble.tessera
#' @method as_tibble tessera_inspection
#' @export
as_tibble.tessera_inspection <- function(x, ...) x$variables

say <- function(...) cat(strwrap(paste0(...), exdent = 2), sep = "\n")

#' @export
print.tessera_segmentation <- function(x, ...) {
  say(x$verdict)
  print(x$segments)
  note_warnings(x)
  invisible(x)
}

#' @export
print.tessera_run <- function(x, ...) {
  for (finding in x$findings) say("* ", finding)
  print(x$segments)
  note_warnings(x)
  say("Report: ", x$report)
  invisible(x)
}

note_warnings <- function(x) {
  count <- length(x$warnings)
  if (count > 0) say(count, if (count == 1) " warning" else " warnings", ": see $warnings")
}

#' @export
print.tessera_fit <- function(x, ...) {
  say("Fit from 0 to 100, with 95% intervals")
  shown <- interval(x$cells$fit, x$cells$low, x$cells$high)
  products <- unique(x$cells$label)
  grid <- tapply(shown, list(factor(x$cells$segment, names(x$names)), factor(x$cells$label, products)), `[`, 1)
  rownames(grid) <- paste(names(x$names), x$names)
  print(grid, quote = FALSE, na.print = "")
  note_warnings(x)
  invisible(x)
}

interval <- function(value, low, high, digits = 0) {
  number <- function(one) formatC(one, format = "f", digits = digits)
  ends <- ifelse(is.na(low) | is.na(high), "", paste0(" (", number(low), " to ", number(high), ")"))
  ifelse(is.na(value), NA, paste0(number(value), ends))
}

#' @export
print.tessera_whatif <- function(x, ...) {
  low <- if (is.null(x$low)) NA else x$low
  high <- if (is.null(x$high)) NA else x$high
  say(x$product, ": ", interval(x$gain, low, high, 1), " points of fit on average across everyone")
  print(x$segments)
  invisible(x)
}

#' @export
print.tessera_tables <- function(x, ...) {
  cells <- x$cells
  figure <- ifelse(is.na(cells$value), "", paste(formatC(cells$value, digits = 4, width = 1), cells$letters))
  row <- paste(cells$question_label, cells$row_label, sep = ": ")
  heading <- paste0(cells$column_label, " (", cells$letter, ")")
  grid <- tapply(trimws(figure), list(factor(row, unique(row)), factor(heading, unique(heading))), `[`, 1)
  print(grid, quote = FALSE, na.print = "")
  for (note in x$notes) say(note)
  invisible(x)
}

#' @export
print.tessera_inspection <- function(x, ...) {
  say(x$respondents, " respondents, ", x$completes, " complete")
  print(x$variables)
  for (problem in x$problems$message) say("* ", problem)
  invisible(x)
}

#' @export
print.tessera_draft <- function(x, ...) {
  cat(x$text)
  invisible(x)
}

#' Numbers behind a segmentation
#'
#' @param object A result of [segment()] or [run()].
#' @param ... Not used.
#' @return `summary()` a list with `numbers`, a named vector (`NA` where the method has no
#'   likelihood), and `segments`. `logLik()` what [stats::AIC()] and [stats::BIC()] take; the
#'   respondents are counted as they are, with sampling weights too.
#' @examples
#' if (tessera_available()) {
#'   found <- segment(
#'     as.data.frame(Titanic), active = c("Class", "Sex", "Age", "Survived"), frequency = "Freq",
#'     segments = 2, stability = 0
#'   )
#'   summary(found)
#'   logLik(found)
#' }
#' @export
summary.tessera_segmentation <- function(object, ...) {
  found <- document(object, "segments")
  keys <- c("respondents", "effective_sample_size", "log_likelihood", "parameters", "aic", "bic", "icl", "entropy_r2")
  numbers <- vapply(keys, function(key) if (is.null(found[[key]])) NA_real_ else as.numeric(found[[key]]), 0)
  structure(
    list(
      method = found$method, seed = found$seed, numbers = numbers, segments = object$segments,
      converged = found$converged, starts = found$starts
    ),
    class = "summary.tessera_segmentation"
  )
}

#' @export
print.summary.tessera_segmentation <- function(x, ...) {
  say("Method ", x$method, ", seed ", x$seed)
  if (!is.null(x$starts$run)) {
    say("Best solution found by ", x$starts$reached_best, " of ", x$starts$run, " starts")
  }
  for (name in names(x$numbers)[!is.na(x$numbers)]) {
    cat(sprintf("  %-22s %s\n", gsub("_", " ", name), formatC(x$numbers[[name]], digits = 8, format = "g")))
  }
  print(x$segments)
  invisible(x)
}

#' @rdname summary.tessera_segmentation
#' @importFrom stats logLik
#' @export
logLik.tessera_segmentation <- function(object, ...) {
  numbers <- summary(object)$numbers
  structure(
    numbers[["log_likelihood"]],
    df = numbers[["parameters"]], nobs = numbers[["respondents"]], class = "logLik"
  )
}
