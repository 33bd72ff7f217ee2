test_that("segments have sizes that add up, and everybody has one", {
  found <- shopper_segments()
  expect_equal(nrow(found$segments), 3)
  expect_equal(sum(found$segments$share), 1, tolerance = 1e-9)
  expect_true(all(found$segments$share_low < found$segments$share))
  everybody <- assignments(found)
  expect_equal(everybody$id, shoppers()$id)
  kinds <- table(everybody$segment, rep(1:3, 200))
  expect_gt(sum(apply(kinds, 1, max)) / 600, 0.85)
  expect_equal(rowSums(everybody[c("p_S1", "p_S2", "p_S3")]), rep(1, 600), tolerance = 1e-6)
})

test_that("profiles agree with the weighted shares of the frame", {
  found <- shopper_segments()
  people <- shoppers()
  row <- subset(found$profiles, variable == "card" & segment == "S1" & answer == "yes")
  expect_equal(row$label, "Has a card & uses it")
  expect_equal(row$total_share, sum(people$weight[people$card == 1]) / sum(people$weight), tolerance = 1e-3)
  spend <- subset(found$profiles, variable == "spend" & segment == "S1")
  expect_equal(spend$total_mean, weighted.mean(people$spend, people$weight), tolerance = 1e-3)
})

test_that("logLik, AIC and BIC are those of the command", {
  skip_without_command()
  found <- segment(
    as.data.frame(Titanic), active = c("Class", "Sex", "Age", "Survived"), frequency = "Freq",
    segments = 2, prior = "none", stability = 0, progress = FALSE
  )
  numbers <- document(found, "segments")
  expect_equal(attr(logLik(found), "nobs"), sum(Titanic))
  expect_equal(AIC(found), numbers$aic)
  expect_equal(BIC(found), numbers$bic)
  expect_equal(summary(found)$numbers[["bic"]], numbers$bic)
})

test_that("predict gives the people of the survey their own segments", {
  found <- shopper_segments()
  own <- assignments(found)
  again <- predict(found, shoppers())
  expect_equal(again$segment, own$segment)
  expect_equal(again$p_S1, own$p_S1, tolerance = 1e-6)
  expect_equal(predict(found), own)
  few <- assign_segments(file.path(found$folder, "segments.json"), shoppers()[5:9, ])
  expect_equal(few$segment, own$segment[5:9])
})

test_that("a run has findings, fit, charts and a report", {
  result <- family_cars()
  expect_s3_class(result, c("tessera_run", "tessera_segmentation"), exact = TRUE)
  expect_true(any(grepl("coupe", result$findings)))
  expect_true(file.exists(result$report))
  expect_true(all(c("shares", "profile", "fit") %in% names(result$charts)))
  written <- read.csv(file.path(result$folder, "fit.csv"))
  expect_equal(result$cells$fit, written$fit)
  expect_equal(result$cells$may_be_first, written$may_be_first == "true")
  expect_equal(result$cells$base, written$base)
  sizes <- read.csv(file.path(result$folder, "segments.csv"))
  expect_equal(result$segments$share_high, sizes$share_high)
  expect_equal(result$segments$found_again, sizes$found_again)
  answers <- read.csv(file.path(result$folder, "profiles.csv"))
  expect_equal(result$profiles$share, answers$share)
  expect_equal(result$profiles$index, answers$index)
  expect_equal(result$profiles$mean, answers$mean)
})

test_that("a run is kept and opened again, and asked what a change brings", {
  folder <- save_run(family_cars(), file.path(new_folder(), "kept"))
  again <- open_run(folder)
  expect_equal(again$segments, family_cars()$segments)
  answer <- whatif(again, "coupe", list(seats = 4, price = 39000))
  expect_gt(answer$gain, answer$low)
  expect_gt(answer$high, answer$gain)
  expect_equal(answer$segments$segment, again$segments$segment)
  expect_equal(whatif(folder, "coupe", list(seats = 4, price = 39000))$gain, answer$gain)
})

test_that("the fit with the segments of a model is that of its run", {
  result <- family_cars()
  again <- fit(example_study(), model = result, replicates = 50, progress = FALSE)
  expect_equal(again$cells$fit, result$cells$fit, tolerance = 1e-6)
  expect_equal(unname(again$names), result$segments$name)
})

test_that("tables have the means of the frame", {
  skip_without_command()
  found <- tables(warpbreaks, banner = "tension", stub = "breaks")
  means <- subset(found$cells, kind == "mean" & group == "tension")
  expected <- tapply(warpbreaks$breaks, warpbreaks$tension, mean)
  expect_equal(means$value, as.vector(expected), tolerance = 1e-4)
  expect_type(means$letters, "character")
  expect_gt(length(found$notes), 0)
})

test_that("a draft runs as it is, also after it was moved", {
  skip_without_command()
  made <- draft(shoppers(), title = "Shops")
  expect_match(made$text, "title: Shops")
  path <- save_run(made, file.path(new_folder(), "shops"))
  found <- run(path, replicates = 2, progress = FALSE)
  expect_gt(nrow(found$segments), 1)
  expect_null(found$fit)
})

test_that("a study is a list in which frames may stand", {
  skip_without_command()
  study <- list(
    title = "Shops",
    survey = list(id = "id", weight = "weight", levels = c(where = "nominal")),
    segments = list(active = c("often", "where"), count = 3)
  )
  found <- run(study, shoppers(), replicates = 2, progress = FALSE)
  expect_equal(nrow(found$segments), 3)
  levels <- vapply(document(found, "segments")$indicators, function(one) one$level, "")
  expect_setequal(levels, c("ordinal", "nominal"))
})

test_that("a prepared survey has the weights that were fitted", {
  skip_without_command()
  skip_if_not_installed("haven")
  study <- list(
    survey = list(
      file = shoppers()[c("card", "where")],
      weights = list(targets = list(card = list("1" = 0.7, "2" = 0.3)))
    ),
    segments = list(active = "where", count = 2)
  )
  people <- read_survey(study)
  expect_equal(sum(people$weight[people$card == 1]) / sum(people$weight), 0.7, tolerance = 1e-9)
})

test_that("printing shows what was found", {
  result <- family_cars()
  expect_output(print(result), "The coupe does not suit Families")
  expect_output(print(result$fit), "minivan")
  expect_output(print(summary(result)), "log likelihood")
  expect_output(print(inspect(warpbreaks)), "54 respondents, 54 complete")
  expect_output(print(tables(warpbreaks, banner = "wool", stub = "breaks")), "breaks: Mean")
  expect_output(print(draft(shoppers())), "survey:")
  expect_identical(tibble::as_tibble(result), result$segments)
  expect_identical(tibble::as_tibble(result$fit), result$cells)
})
