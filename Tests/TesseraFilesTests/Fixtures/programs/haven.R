# Writes files with haven, and prints what haven reads in them as JSON.
# usage: Rscript haven.R write | Rscript haven.R read FILE...
suppressMessages(library(haven))
arguments <- commandArgs(trailingOnly = TRUE)

if (arguments[1] == "write") {
  rated <- labelled_spss(c(1, 5, 98, NA, 99, 3), c(poor = 1, good = 5, "don't know" = 98, refused = 99),
                         na_values = c(98, 99), label = "Wie zufrieden sind Sie? \u20ac")
  ranged <- labelled_spss(c(-5, 10.5, 20, -1, NA, 0), c("not asked" = -1), na_range = c(-Inf, -1))
  region <- labelled(c("N", "S", "", "N", "S", "W"), c(Nord = "N", "S\u00fcd" = "S"), label = "Region")
  common <- data.frame(
    id = 1:6, day = as.Date(c("2026-01-31", NA, "1999-12-31", "2024-02-29", "1970-01-01", "1900-01-01")),
    moment = as.POSIXct(c("2026-01-31 23:59:59", NA, "1999-12-31 00:00:00", "2024-02-29 12:00:00",
                          "1970-01-01 00:00:01", "1960-01-01 00:00:00"), tz = "UTC"),
    text = c("Z\u00fcrich", "", "a b", paste(rep("lang ", 80), collapse = ""), "\u6f22\u5b57", "x"),
    stringsAsFactors = FALSE)
  spss <- common
  spss$rated <- rated
  spss$ranged <- ranged
  spss$region <- region
  write_sav(spss, "haven.sav")
  write_sav(spss, "haven.zsav", compress = "zsav")
  stata <- common
  stata$kind <- labelled(c(1, 2, tagged_na("a"), tagged_na("z"), NA, 2),
                         c(one = 1L, two = 2L, refused = tagged_na("a")), label = "Kinds of missing")
  stata$ratio <- c(0.1, -1e10, NA, 1e-300, 3, 123456789.123)
  write_dta(stata, "haven.dta", label = "By haven")
  sas <- data.frame(id = 1:6, ratio = stata$ratio, text = substr(c("a", "", "b c", "d", "e", "x"), 1, 8),
                    stringsAsFactors = FALSE)
  attr(sas$ratio, "label") <- "A ratio"
  write_xpt(sas, "haven.xpt", version = 5)
} else {
  plain <- function(x) {
    labels <- attr(x, "labels", exact = TRUE)
    label <- attr(x, "label", exact = TRUE)
    cells <- unclass(x)
    attributes(cells) <- NULL
    if (is.numeric(cells)) {
      tags <- na_tag(as.double(cells))
      cells <- ifelse(is.na(cells) & !is.na(tags), tags, ifelse(is.na(cells), NA, as.list(as.double(cells))))
    } else {
      cells <- ifelse(is.na(cells) | cells == "", NA, as.list(cells))
    }
    names <- if (is.null(labels)) list() else {
      keys <- if (is.numeric(labels)) ifelse(is.na(labels), paste0(".", na_tag(as.double(labels))),
                                             format(unclass(labels), trim = TRUE, drop0trailing = TRUE))
              else unclass(labels)
      setNames(as.list(names(labels)), keys)
    }
    list(label = if (is.null(label)) "" else label, labels = names, cells = unname(as.list(cells)))
  }
  for (path in arguments[-1]) {
    kind <- tools::file_ext(path)
    d <- switch(kind, dta = read_dta(path), xpt = read_xpt(path), read_sav(path, user_na = TRUE))
    # Dates as the file counts them are what is compared: seconds since 1582 in SPSS.
    for (n in names(d)) {
      if (inherits(d[[n]], "Date")) {
        days <- as.numeric(d[[n]])
        d[[n]] <- if (kind == "dta") days + 3653 else (days + 141428) * 86400
      } else if (inherits(d[[n]], "POSIXct")) {
        seconds <- as.numeric(d[[n]])
        d[[n]] <- if (kind == "dta") (seconds + 315619200) * 1000 else seconds + 12219379200
      }
    }
    columns <- lapply(names(d), function(n) c(list(name = n), plain(d[[n]])))
    cat(jsonlite::toJSON(columns, auto_unbox = TRUE, null = "null", na = "null", digits = NA), "\n")
  }
}
