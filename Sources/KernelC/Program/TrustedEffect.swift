package import Diagnostics

/// A declared effect that a program relies on; printed with every verdict.
package struct TrustedEffect: Hashable, Sendable {
  /// The function whose effect was declared.
  package var function: String
  /// What was declared.
  package var effect: DeclaredEffect
  /// The first call of it in the text.
  package var firstCall: SourceRange

  /// Makes a trusted effect.
  package init(function: String, effect: DeclaredEffect, firstCall: SourceRange) {
    self.function = function
    self.effect = effect
    self.firstCall = firstCall
  }
}
