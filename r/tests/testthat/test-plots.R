drawn <- function(plot) {
  expect_s3_class(plot, "ggplot")
  ggplot2::ggplot_build(plot)
}

test_that("sizes are drawn with their intervals", {
  skip_if_not_installed("ggplot2")
  found <- shopper_segments()
  bars <- drawn(ggplot2::autoplot(found))
  expect_equal(bars$data[[1]]$x, found$segments$share)
  expect_equal(bars$data[[2]]$xmin, found$segments$share_low)
})

test_that("the profile shows as many answers as asked, those of means too", {
  skip_if_not_installed("ggplot2")
  found <- shopper_segments()
  expect_equal(nrow(drawn(ggplot2::autoplot(found, "profile", answers = 5))$data[[1]]), 15)
  flowers <- segment(iris[1:4], method = "kmeans", segments = 3, stability = 0, progress = FALSE)
  expect_equal(nrow(drawn(ggplot2::autoplot(flowers, "profile"))$data[[1]]), 12)
})

test_that("the fit is a heat map with a cell for every product and segment", {
  skip_if_not_installed("ggplot2")
  result <- family_cars()
  expect_equal(nrow(drawn(ggplot2::autoplot(result, "fit"))$data[[1]]), 24)
  answer <- whatif(result, "coupe", list(seats = 4))
  expect_equal(nrow(drawn(ggplot2::autoplot(answer))$data[[1]]), 6)
  expect_error(ggplot2::autoplot(shopper_segments(), "fit"), "no products")
})

test_that("answers of one label are told apart", {
  skip_if_not_installed("ggplot2")
  found <- shopper_segments()
  found$profiles$answer[found$profiles$variable == "card"] <- "card"
  bars <- drawn(ggplot2::autoplot(found, "profile", answers = 20))$data[[1]]
  expect_false(any(duplicated(bars[c("y", "PANEL")])))
})

test_that("where every answer is hidden the plot says so", {
  skip_if_not_installed("ggplot2")
  found <- shopper_segments()
  # Which answers are hidden is for the command to say.
  found$profiles$total_share <- NA_real_
  expect_error(ggplot2::autoplot(found, "profile"), "every answer is hidden")
})
