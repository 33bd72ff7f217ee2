#' The command
#'
#' `tessera_command()` is the path of the command: the option `tessera.command`, else the environment
#' variable `TESSERA_COMMAND`, else the one in the folder `bin` of this package, else the one in
#' `PATH`. `tessera_available()` says whether there is one.
#'
#' @return A path; `TRUE` or `FALSE`.
#' @examples
#' tessera_available()
#' if (tessera_available()) tessera_command()
#' @export
tessera_command <- function() {
  places <- c(
    getOption("tessera.command", ""), Sys.getenv("TESSERA_COMMAND"),
    system.file("bin", "tessera", package = "tessera"), Sys.which("tessera")
  )
  named <- places[nzchar(places)]
  if (length(named) == 0) {
    fail(
      "the command tessera is not here", "E0101", status = 66L,
      hint = "install it (docs/packages.md), or name it: options(tessera.command = \"PATH\")"
    )
  }
  named[[1]]
}

#' @rdname tessera_command
#' @export
tessera_available <- function() {
  command <- tryCatch(tessera_command(), tessera_error = function(error) "")
  nzchar(command) && file.access(command, mode = 1) == 0
}

#' The study that comes with the command
#'
#' Real people (General Social Survey 2018) and four cars; needs, barriers and media are simulated.
#'
#' @return The path of its study file.
#' @examples
#' if (tessera_available()) try(example_study())
#' @export
example_study <- function() {
  folder <- dirname(normalizePath(tessera_command()))
  repeat {
    path <- file.path(folder, "datasets", "family-cars", "study.yaml")
    if (file.exists(path)) return(path)
    if (folder == dirname(folder)) fail("the example is not here", "E0101", status = 66L)
    folder <- dirname(folder)
  }
}

# Options of R as options of the command: minimum_cell = 5 is --minimum-cell 5.
option_words <- function(options) {
  words <- character()
  for (name in names(options)) {
    value <- unlist(options[[name]])
    if (is.null(value) || identical(value, FALSE)) next
    words <- c(words, paste0("--", gsub("_", "-", name)))
    if (!isTRUE(value)) words <- c(words, paste(plain_text(value), collapse = ","))
  }
  words
}

# Runs the command with --json. `folder` is where it runs; `names` says what to call files in errors
# that the user does not know, such as that of a data frame.
call_tessera <- function(words, folder = NULL, names = character(), progress = FALSE) {
  command <- normalizePath(tessera_command(), mustWork = FALSE)
  answer <- tempfile("tessera-answer-")
  told <- tempfile("tessera-told-")
  on.exit(unlink(c(answer, told)))
  if (!is.null(folder)) {
    home <- setwd(folder)
    on.exit(setwd(home), add = TRUE)
  }
  # With progress the command draws its own line on the terminal.
  status <- suppressWarnings(system2(
    command, shQuote(c(words, "--json")),
    stdout = answer, stderr = if (progress) "" else told, stdin = "/dev/null", env = "NO_COLOR=1"
  ))
  document <- tryCatch(read_document(answer), error = function(error) NULL)
  if (is.null(document)) {
    said <- if (file.exists(told)) utils::tail(readLines(told, warn = FALSE), 3)
    reason <- if (status == 127) {
      paste("the command could not be started:", command)
    } else {
      paste(c(paste("the command ended with status", status), said), collapse = ": ")
    }
    fail(reason, status = status)
  }
  if (!is.null(document[["error"]])) stop(read_error(document, status, names))
  document
}

read_document <- function(path) jsonlite::read_json(path, simplifyVector = FALSE)
