# Studies as files: paths in a list hold from the working directory, frames in it become files.

# Texts under this key are files wherever it stands, under these keys at the top of a study.
file_key <- "file"
top_file_keys <- c("products", "relations", "choices")

write_study <- function(study, folder, data = NULL) {
  survey <- study$survey
  if (is.character(survey) || is.data.frame(survey)) survey <- list(file = survey)
  if (is.null(data) && is.data.frame(survey$file)) data <- survey$file
  if (!is.null(data)) {
    written <- write_frame(data, folder)
    survey$file <- written$file
    for (name in setdiff(written$ordered, names(survey$levels))) survey$levels[[name]] <- "ordinal"
  }
  study$survey <- survey
  for (name in names(study)) {
    is_file <- name %in% top_file_keys && is.character(study[[name]])
    study[[name]] <- plain_part(study[[name]], folder, name, is_file)
  }
  path <- file.path(folder, "study.json")
  text <- jsonlite::toJSON(study, auto_unbox = TRUE, digits = NA, null = "null", pretty = 1)
  write_text(text, path)
  path
}

plain_part <- function(part, folder, name, is_file) {
  if (is.data.frame(part)) {
    return(write_frame(part, folder, paste0(name, "-", length(list.files(folder))))$file)
  }
  if (is.list(part)) {
    keys <- if (is.null(names(part))) rep(name, length(part)) else names(part)
    return(Map(function(inner, key) plain_part(inner, folder, key, key == file_key), part, keys))
  }
  if (is_file) part <- full_path(part)
  # A vector with names is a mapping: levels = c(age = "numeric").
  if (!is.null(names(part))) as.list(part) else part
}

full_path <- function(path) {
  path <- path.expand(path)
  is_full <- startsWith(path, "/")
  path[!is_full] <- file.path(getwd(), path[!is_full])
  path
}
