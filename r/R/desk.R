# A private folder for what a call hands over, and what to call its files in errors.

new_desk <- function() {
  folder <- tempfile("tessera-")
  dir.create(folder, mode = "0700")
  folder <- normalizePath(folder)
  files <- file.path(folder, c("survey.csv", "survey.sss", "study.json"))
  names <- c(with_names(c("data", "data", "study"), files), with_names("", paste0(folder, "/")))
  list(folder = folder, names = names)
}

desk_survey <- function(desk, data) {
  if (is.data.frame(data)) return(write_frame(data, desk$folder))
  if (is.character(data) && length(data) == 1) return(list(file = full_path(data)))
  if (is.list(data) && !is.null(names(data))) return(write_frame(as.data.frame(data), desk$folder))
  fail("a survey is a file or a data frame")
}

desk_study <- function(desk, study, data = NULL) {
  if (is.list(study) && !inherits(study, "tessera_draft")) {
    return(write_study(study, desk$folder, data))
  }
  if (!is.null(data)) {
    fail("a study file has its own survey", hint = "give the study as a list, or name the survey in its file")
  }
  full_path(if (is.list(study)) study$path else study)
}

desk_call <- function(desk, words, progress = FALSE, folder = NULL) {
  call_tessera(words, folder = folder, names = desk$names, progress = progress)
}

# Whether this is a study as a list or a draft; files of both kinds go to the command as they are.
is_study <- function(data) {
  inherits(data, "tessera_draft") || (is.list(data) && !is.data.frame(data) && "survey" %in% names(data))
}

target_folder <- function(desk, folder) {
  if (is.null(folder)) file.path(desk$folder, "results") else full_path(folder)
}

model_file <- function(model) {
  if (inherits(model, "tessera_segmentation")) file.path(model$folder, "segments.json") else full_path(model)
}

run_folder <- function(run) {
  if (inherits(run, "tessera_segmentation")) run$folder else full_path(run)
}
