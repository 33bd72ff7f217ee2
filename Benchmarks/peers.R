# Runs one task with one R package: Rscript peers.R TASK PACKAGE FILE.csv
# Prints a line of JSON with processor seconds, peak memory and what is to be compared.
given <- commandArgs(TRUE)
task <- given[1]
survey <- read.csv(given[3], na.strings = "")
numbers <- c("age", "income", "household_size")
choices <- c("occupation", "marital", "gender", "region")
boxes <- paste0("sm_", 1:12)
scales <- paste0("pain_", 1:12)
survey$income <- log(survey$income)

standardised <- function(column) {
  column <- as.numeric(column)
  known <- column[!is.na(column)]
  column <- (column - mean(known)) / sqrt(mean((known - mean(known))^2))
  column[is.na(column)] <- 0
  column
}

answers <- function(name) {
  column <- as.character(survey[[name]])
  column[is.na(column)] <- "none"
  factor(paste0(name, "_", column))
}

mixed <- function() {
  left <- lapply(survey[c(numbers, "education", scales)], standardised)
  right <- lapply(setNames(nm = c(choices, boxes)), answers)
  as.data.frame(c(left, right))
}

columns <- function() {
  plain <- lapply(survey[c(numbers, boxes, scales)], standardised)
  split <- lapply(c("education", choices), function(name) {
    known <- sort(unique(survey[[name]][!is.na(survey[[name]])]))
    lapply(known, function(answer) standardised(survey[[name]] == answer))
  })
  do.call(cbind, c(plain, unlist(split, recursive = FALSE)))
}

peak <- function() {
  line <- grep("^VmHWM", readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line)) / 1024
}

tell <- function(time, quality) {
  parts <- sprintf("\"%s\": %.10g", names(quality), quality)
  cat(sprintf(
    "{\"cpu_s\": %.4f, \"wall_s\": %.4f, \"rss_mb\": %.1f, \"scale\": 1, \"quality\": {%s}}\n",
    time[[1]] + time[[2]], time[[3]], peak(), paste(parts, collapse = ", ")))
}

set.seed(1)
if (task == "kmeans") {
  points <- columns()
  time <- system.time(
    fit <- suppressWarnings(kmeans(points, 8, nstart = 10, iter.max = 100)))
  tell(time, c(inertia = fit$tot.withinss))
} else if (task == "famd" || task == "mca") {
  suppressPackageStartupMessages(library(FactoMineR))
  if (task == "famd") {
    table <- mixed()
    time <- system.time(fit <- FAMD(table, ncp = 10, graph = FALSE))
  } else {
    table <- as.data.frame(
      lapply(setNames(nm = c(choices, "education", boxes, scales)), answers))
    time <- system.time(fit <- MCA(table, ncp = 10, graph = FALSE))
  }
  tell(time, setNames(fit$eig[1:10, 1], paste0("eigenvalue_", 1:10)))
} else if (task == "gower-pam") {
  suppressPackageStartupMessages(library(cluster))
  table <- mixed()
  time <- system.time(distances <- daisy(table, "gower"))
  tell(time, c(pairs = length(distances)))
} else {
  stop("unknown task ", task)
}
