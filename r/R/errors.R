#' Errors of the command
#'
#' What the command refused or could not do is a condition of class `tessera_error`; where the fault
#' lies in the data or in the study it is a `tessera_data_error` too. Beside its message it has
#'
#' * `code`, such as `E0401`: `tessera explain E0401` tells more,
#' * `text`: what is wrong, and `hint`: what to do about it,
#' * `place`: `file` with its `line`, and the `column` or the `cell`,
#' * `status`: the exit status of the command,
#' * `others`: further errors of the same call.
#'
#' @name tessera_error
#' @examples
#' if (tessera_available()) {
#'   tryCatch(
#'     segment(warpbreaks, active = c("wol", "tension")),
#'     tessera_error = function(error) print(error$hint)
#'   )
#' }
NULL

tessera_error <- function(report, status, others = list()) {
  error <- list(
    message = NULL, call = NULL, code = report$code, text = report$message, file = report$file,
    line = report$row, column = report$column, cell = report$cell, hint = report$hint,
    status = status, others = others
  )
  spot <- c(report$cell, report$column)
  error$place <- paste(
    c(
      if (!is.null(report$file)) paste(c(report$file, report$row), collapse = ":"),
      if (length(spot)) paste0("(", spot[[1]], ")")
    ),
    collapse = " "
  )
  error$message <- paste0(
    "[", report$code, "] ", if (nzchar(error$place)) paste0(error$place, ": "), report$message,
    if (!is.null(report$hint)) paste0("\n  hint: ", report$hint),
    paste0("\n", vapply(others, conditionMessage, ""), recycle0 = TRUE, collapse = "")
  )
  kind <- if (status == 65) "tessera_data_error"
  structure(error, class = c(kind, "tessera_error", "error", "condition"))
}

fail <- function(message, code = "E0000", hint = NULL, status = 64L, file = NULL) {
  stop(tessera_error(list(code = code, message = message, hint = hint, file = file), status))
}

# The errors of an answer as one, with the others in it.
read_error <- function(document, status, names) {
  reports <- document[["errors"]]
  if (is.null(reports)) reports <- list(document[["error"]])
  reports <- lapply(reports, function(report) {
    for (path in names(names)) {
      for (key in c("file", "message", "hint")) {
        if (is.null(report[[key]])) next
        report[[key]] <- gsub(path, names[[path]], report[[key]], fixed = TRUE)
      }
    }
    report
  })
  others <- lapply(reports[-1], tessera_error, status = status)
  tessera_error(reports[[1]], status, others)
}
