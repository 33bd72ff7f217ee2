# Runs the examples of a page, one block after another, in a folder of their own: r-page.R PAGE.
# Fails where one fails, or where a function of the package has no example.
page <- normalizePath(commandArgs(trailingOnly = TRUE)[[1]])
lines <- readLines(page, encoding = "UTF-8")
home <- tempfile("page-")
dir.create(home)
setwd(home)
pdf(NULL)

starts <- grep("^```r$", lines)
stopifnot(length(starts) > 10)
names <- new.env(parent = globalenv())
for (start in starts) {
  end <- start + which(lines[-seq_len(start)] == "```")[[1]]
  block <- parse(text = lines[(start + 1):(end - 1)], keep.source = FALSE)
  for (call in as.list(block)) {
    shown <- withVisible(eval(call, names))
    if (shown$visible) print(shown$value)
  }
}
stopifnot(
  file.exists("family-cars/report.html"), file.exists(names$path), names$row$answer == "poor",
  nrow(names$survey) == nrow(names$people)
)
for (name in c("inspect", "draft", "segment", "run", "assign_segments", "fit", "whatif", "tables", "read_survey")) {
  if (!any(lines == paste("###", name))) stop("no example of ", name)
}
cat(length(starts), "examples of", basename(page), "run\n")
