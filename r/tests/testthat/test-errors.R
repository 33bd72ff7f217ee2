test_that("an error has its place, its code and a hint", {
  skip_without_command()
  error <- expect_error(
    segment(shoppers(), active = c("oftne", "where"), progress = FALSE), class = "tessera_data_error"
  )
  expect_s3_class(error, "tessera_error")
  expect_equal(error$code, "E0501")
  expect_equal(error$column, "oftne")
  expect_equal(error$hint, "did you mean 'often'?")
  expect_match(conditionMessage(error), "oftne.*hint: did you mean 'often'")
})

test_that("a damaged file is named with its line", {
  skip_without_command()
  file <- tempfile(fileext = ".csv")
  writeLines(c("a,b", "1,2", "1,2,3", "2,2"), file)
  error <- expect_error(inspect(file), class = "tessera_error")
  expect_equal(error$file, file)
  expect_equal(error$line, 3)
  expect_match(error$place, paste0(basename(file), ":3"))
})

test_that("errors of a frame name the data and no private file", {
  skip_without_command()
  study <- list(survey = list(file = shoppers()), segments = list(active = "where", cuont = 3), wieght = 1)
  error <- expect_error(run(study, progress = FALSE), class = "tessera_error")
  told <- conditionMessage(error)
  expect_false(grepl(tempdir(), told, fixed = TRUE))
  expect_match(told, "study:")
  expect_gt(length(error$others), 0)
})

test_that("a command that is missing or not a command is an error that says so", {
  keep <- options(tessera.command = file.path(tempdir(), "nothing here"))
  on.exit(options(keep))
  expect_false(tessera_available())
  error <- expect_error(inspect(warpbreaks), class = "tessera_error")
  expect_match(conditionMessage(error), "could not be started")
  expect_match(conditionMessage(error), "nothing here")
})

test_that("what cannot be used is refused before the command runs", {
  skip_without_command()
  expect_error(inspect(17), class = "tessera_error")
  expect_error(run(example_study(), shoppers()), "its own survey")
  expect_error(open_run(tempdir()), "no finished run")
  expect_error(save_run(shopper_segments(), tempdir()), "there already")
})

test_that("the option names the command before the environment does", {
  keep <- options(tessera.command = NULL)
  named <- Sys.getenv("TESSERA_COMMAND", NA)
  on.exit({
    options(keep)
    if (is.na(named)) Sys.unsetenv("TESSERA_COMMAND") else Sys.setenv(TESSERA_COMMAND = named)
  })
  Sys.setenv(TESSERA_COMMAND = "/by/environment")
  expect_equal(tessera_command(), "/by/environment")
  options(tessera.command = "/by/option")
  expect_equal(tessera_command(), "/by/option")
  options(tessera.command = NULL)
  Sys.unsetenv("TESSERA_COMMAND")
  path <- Sys.getenv("PATH")
  Sys.setenv(PATH = tempdir())
  on.exit(Sys.setenv(PATH = path), add = TRUE)
  error <- expect_error(tessera_command(), class = "tessera_error")
  expect_match(error$hint, "tessera.command")
})
