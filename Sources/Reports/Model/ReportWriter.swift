package import Diagnostics
import Policy

/// A format: writes what a run has to say as one text.
package protocol ReportWriter: Sendable {
  /// Writes the whole report.
  func write(_ report: Report, into output: inout some TextOutputStream)
}

/// What the formats leave to the one who calls: how much is shown, in which colours, and what fails.
package struct Presentation: Sendable {
  /// How much the formats for people show; those for machines show everything.
  package enum Detail: Sendable {
    /// Notes and accepted findings are only counted.
    case brief
    /// Notes and accepted findings are shown too.
    case full
  }

  /// The colours of the text format.
  package var style: DiagnosticRenderer.Style
  /// How much the formats for people show.
  package var detail: Detail
  /// What makes the run fail.
  package var threshold: FailureThreshold

  /// Makes a presentation.
  package init(
    style: DiagnosticRenderer.Style = .plain, detail: Detail = .brief, threshold: FailureThreshold = .error
  ) {
    self.style = style
    self.detail = detail
    self.threshold = threshold
  }

  /// Does a format for people show an entry? What is to be said of the files is always shown.
  func shows(_ entry: ReportLine) -> Bool {
    switch detail {
    case .brief: entry.architecture == nil || entry.acceptance == nil && entry.severity != .note
    case .full: true
    }
  }
}

/// The least weight with which an open finding makes a run fail.
package enum FailureThreshold: String, Sendable, CaseIterable {
  /// Errors fail.
  case error
  /// Errors and warnings fail.
  case warning
  /// Nothing fails.
  case never

  /// Does a finding of this severity fail?
  package func includes(_ severity: Severity) -> Bool {
    switch (self, severity) {
    case (.error, .error), (.warning, .error), (.warning, .warning): true
    default: false
    }
  }
}

extension Report {
  /// Has it something that makes a run fail? A verdict that got worse by what is accepted does not.
  package func fails(at threshold: FailureThreshold) -> Bool {
    Severity.allCases.contains { threshold.includes($0) && count($0) > 0 }
  }
}
