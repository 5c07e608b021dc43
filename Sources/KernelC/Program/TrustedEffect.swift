public import Diagnostics

/// A declared effect that a program relies on; printed with every verdict.
public struct TrustedEffect: Hashable, Sendable {
  /// The function whose effect was declared.
  public var function: String
  /// What was declared.
  public var effect: DeclaredEffect
  /// The first call of it in the text.
  public var firstCall: SourceRange

  /// Makes a trusted effect.
  public init(function: String, effect: DeclaredEffect, firstCall: SourceRange) {
    self.function = function
    self.effect = effect
    self.firstCall = firstCall
  }
}
