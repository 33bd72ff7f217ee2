internal import CReadStat

extension Session {
  /// The session behind a context that ReadStat hands back.
  private static func from(_ context: UnsafeMutableRawPointer) -> Session {
    unsafe Unmanaged<Session>.fromOpaque(context).takeUnretainedValue()
  }

  /// Lets ReadStat call this object.
  func installHandlers(in parser: UnsafeMutablePointer<readstat_parser_t>) {
    unsafe readstat_set_metadata_handler(parser) { metadata, context in
      guard let context = unsafe context else { return 1 }
      unsafe Session.from(context).metadata(metadata)
      return 0
    }
    unsafe readstat_set_note_handler(parser) { _, text, context in
      guard let context = unsafe context else { return 1 }
      unsafe Session.from(context).note(text)
      return 0
    }
    unsafe readstat_set_fweight_handler(parser) { variable, context in
      guard let context = unsafe context else { return 1 }
      unsafe Session.from(context).weight(variable)
      return 0
    }
    unsafe readstat_set_variable_handler(parser) { _, variable, labels, context in
      guard let context = unsafe context, let variable = unsafe variable else { return 1 }
      unsafe Session.from(context).variable(variable, labels: labels)
      return 0
    }
    unsafe readstat_set_value_label_handler(parser) { set, value, text, context in
      guard let context = unsafe context else { return 1 }
      unsafe Session.from(context).label(set, value, text)
      return 0
    }
    unsafe readstat_set_value_handler(parser) { row, variable, value, context in
      guard let context = unsafe context, let variable = unsafe variable else { return 1 }
      let column = Int(unsafe readstat_variable_get_index(variable))
      unsafe Unmanaged<Session>.fromOpaque(context)._withUnsafeGuaranteedRef {
        unsafe $0.cell(Int(row), column, value)
      }
      return 0
    }
  }
}
