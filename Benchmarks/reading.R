# Reads one file with data.table or haven: Rscript reading.R PACKAGE FILE THREADS
# With "write" for the package, writes FILE.sav, FILE-packed.sav and FILE.zsav from a CSV file.
# Prints a line of JSON with seconds, peak memory and the sum of all numbers.
given <- commandArgs(TRUE)
package <- given[1]
file <- given[2]

peak <- function() {
  line <- grep("^VmHWM", readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line)) / 1024
}

if (package == "write") {
  suppressPackageStartupMessages(library(haven))
  table <- read.csv(file, na.strings = "")
  for (name in names(table)) {
    column <- table[[name]]
    if (is.character(column)) {
      levels <- sort(unique(column))
      table[[name]] <- labelled(
        as.numeric(factor(column, levels)), setNames(as.numeric(seq_along(levels)), levels))
    } else {
      table[[name]] <- as.numeric(column)
    }
  }
  stem <- sub("[.]csv$", "", file)
  write_sav(table, paste0(stem, ".sav"), compress = "none")
  write_sav(table, paste0(stem, "-packed.sav"), compress = "byte")
  write_sav(table, paste0(stem, ".zsav"), compress = "zsav")
  quit()
}
if (package == "data.table") {
  suppressPackageStartupMessages(library(data.table))
  setDTthreads(as.integer(given[3]))
  time <- system.time(table <- fread(file, showProgress = FALSE))
} else {
  suppressPackageStartupMessages(library(haven))
  time <- system.time(table <- read_sav(file))
}
memory <- peak()
total <- sum(vapply(table, function(column) {
  if (is.numeric(column)) sum(as.numeric(column), na.rm = TRUE) else 0
}, 0))
cat(sprintf(
  paste0(
    "{\"cpu_s\": %.4f, \"wall_s\": %.4f, \"rss_mb\": %.1f, \"table_mb\": %.1f, ",
    "\"quality\": {\"sum\": %.10g}}\n"),
  time[[1]] + time[[2]], time[[3]], memory, as.numeric(object.size(table)) / 2^20, total))
