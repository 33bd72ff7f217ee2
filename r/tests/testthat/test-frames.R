test_that("labels, orders and missing answers reach the command", {
  skip_without_command()
  found <- inspect(shoppers())
  expect_s3_class(found, "tessera_inspection")
  expect_equal(found$respondents, 600)
  expect_equal(found$completes, 540)
  variables <- found$variables
  expect_equal(variables$label[variables$name == "card"], "Has a card & uses it")
  expect_equal(variables$answers[variables$name == "card"][[1]], c(yes = "1", no = "2"))
  expect_equal(variables$missing[variables$name == "where"], 60)
  indicators <- document(shopper_segments(), "segments")$indicators
  levels <- vapply(indicators, function(one) one$level, "")
  expect_equal(levels[vapply(indicators, function(one) one$name, "") == "often"], "ordinal")
})

test_that("a frame comes back as it went, with labels as haven keeps them", {
  skip_without_command()
  skip_if_not_installed("haven")
  people <- shoppers()
  people$day <- as.Date("2026-03-01") + 0:599
  people$third <- people$spend / 3
  people$said <- rep(c("a \"b\", c", "two\nlines", "\u00e9t\u00e9", NA), 150)
  folder <- new_folder()
  file <- tessera:::write_frame(people, folder)$file
  back <- read_survey(file)
  expect_identical(as.numeric(back$third), people$third)
  expect_equal(back$day, people$day, ignore_attr = TRUE)
  expect_equal(as.vector(back$said)[1:3], people$said[1:3])
  expect_s3_class(back$card, "haven_labelled")
  expect_equal(attr(back$card, "labels"), c(yes = 1, no = 2))
  expect_equal(attr(back$card, "label"), "Has a card & uses it")
  expect_equal(as.character(haven::as_factor(back$often)), as.character(people$often))
})

test_that("codes that stand for missing are missing, and few labels leave numbers numbers", {
  gone <- structure(
    c(1, 2, 9, -1), labels = c(no = 1, yes = 2, refused = 9, "no idea" = -1), na_values = 9,
    na_range = c(-Inf, 0), class = c("haven_labelled_spss", "haven_labelled")
  )
  column <- tessera:::describe(gone)
  expect_equal(column$answers, c(1, 2, NA, NA))
  expect_equal(column$codes, c(no = 1, yes = 2))
  ages <- structure(c(18:60, 99), labels = c("99 and over" = 99))
  expect_null(tessera:::describe(ages)$codes)
  scale <- structure(c(1:7, 4), labels = c("not at all" = 1, "very" = 7))
  expect_equal(names(tessera:::describe(scale)$codes), c("not at all", 2:6, "very"))
  fruit <- structure(c("b", "a", "c", NA), labels = c(Apple = "a", Bear = "b"))
  column <- tessera:::describe(fruit)
  expect_equal(names(column$codes)[column$answers], c("Bear", "Apple", "c", NA))
})

test_that("numbers are written with as many digits as they need", {
  numbers <- c(1e-9, 0.1, 1 / 3, 12345678901, -2.5, 5e-324, 1e300)
  expect_identical(as.numeric(tessera:::plain_text(numbers)), numbers)
  expect_equal(tessera:::plain_text(c(0.1, 100, 12345678901)), c("0.1", "100", "12345678901"))
  expect_equal(tessera:::plain_text(c(TRUE, FALSE)), c("1", "0"))
})
