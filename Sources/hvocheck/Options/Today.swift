import ArgumentParser
import Glibc
import Policy
import Workspace

/// The day on which suppressions are judged. The clock is asked here and nowhere else.
struct Today: ParsableArguments {
  @Option(
    name: .customLong("today"),
    help: ArgumentHelp("Judge suppressions as of this day; by default the UTC date.", valueName: "yyyy-mm-dd"),
    transform: day)
  private var chosen: CalendarDate?

  /// The day.
  var date: CalendarDate { chosen ?? Self.utc }

  private static func day(_ text: String) throws -> CalendarDate {
    guard let day = CalendarDate(text) else { throw ValidationError("it is not a date such as 2027-03-31") }
    return day
  }

  private static var utc: CalendarDate {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    // A clock beyond the calendar is broken; then no suppression holds, and the report says the date.
    return CalendarDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday)) ?? .last
  }
}
