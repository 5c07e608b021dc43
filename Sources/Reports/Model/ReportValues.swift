import Architectures
import Diagnostics
import KernelC
import Policy

/// The parts of `hvo/report/v1`.
extension JSON {
  static func tool(_ report: Report) -> JSON {
    ["name": "hvocheck", "version": .text(report.toolVersion)]
  }

  static func summary(_ report: Report) -> JSON {
    [
      "descriptors": .number(report.descriptors), "architectures": .number(report.architectures),
      "cells": .number(report.verdicts.count), "rules": .number(report.rules.count),
      "errors": .number(report.count(.error)), "warnings": .number(report.count(.warning)),
      "notes": .number(report.count(.note)), "known": .number(report.acceptedCount),
      "mistakes": report.mistakes.isEmpty ? nil : .number(report.mistakes.count),
      "ignoredRules": report.ignoredRules.isEmpty ? nil : .texts(report.ignoredRules),
    ]
  }

  static func place(_ range: SourceRange) -> JSON {
    [
      "path": .text(range.path), "line": .number(range.start.line), "column": .number(range.start.column),
      "endLine": .number(range.end.line), "endColumn": .number(range.end.column),
    ]
  }

  /// What findings and remarks have in common.
  private static func common(_ entry: ReportLine) -> JSON {
    [
      "rule": .text(entry.id), "severity": .text(entry.severity.rawValue), "message": .text(entry.message),
      "help": .texts(entry.help), "evidence": .texts(entry.evidence), "place": entry.place.map(place),
      "fingerprint": .text(entry.fingerprint),
    ]
  }

  static func remark(_ entry: ReportLine) -> JSON {
    common(entry).merging([
      "notes": entry.notes.isEmpty
        ? nil : .array(entry.notes.map { ["message": .text($0.message), "place": place($0.place)] })
    ])
  }

  static func finding(_ entry: ReportLine) -> JSON {
    common(entry).merging([
      "name": entry.name.map(JSON.text), "axis": entry.axis.map { .text($0.rawValue) },
      "outcome": entry.outcome.map { .text($0.rawValue) }, "architecture": entry.architecture.map(JSON.text),
      "kernel": entry.kernel.map(JSON.text), "hugepage": entry.hugepage.map(JSON.size),
      "assumptions": filled(entry.assumptions), "site": entry.finding.flatMap { site($0.id.site) },
      "states": entry.finding.flatMap { $0.id.site.states.isEmpty ? nil : .texts($0.id.site.states) },
      "kernelPlace": entry.kernelPlace.map(JSON.text),
      "witness": entry.witness.map(witness), "reproduce": entry.reproduce.map(JSON.text),
      "acceptance": entry.acceptance.map(acceptance), "change": entry.change.map { .text($0.rawValue) },
      "causes": entry.causes.isEmpty ? nil : .array(entry.causes.map(cause)),
    ])
  }

  private static func site(_ site: FindingSite) -> JSON? {
    site.text.map { text in
      [
        "text": .text(text), "number": .number(site.number), "calls": site.calls.isEmpty ? nil : .texts(site.calls),
      ]
    }
  }

  private static func filled(_ text: String) -> JSON? { text.isEmpty ? nil : .text(text) }

  private static func witness(_ witness: Finding.Witness) -> JSON {
    [
      "structPage": .number(witness.firstIndex), "address": .address(witness.address),
      "count": .number(witness.count), "structPages": .number(witness.structPages),
      "indices": .text(witness.indices), "scenario": .text(witness.scenario),
      "operation": witness.operation.map(JSON.text), "steps": .array(witness.steps.map(step)),
    ]
  }

  private static func step(_ step: Finding.Witness.Step) -> JSON {
    ["text": .text(step.text), "place": step.place.map(place)]
  }

  private static func acceptance(_ acceptance: Acceptance) -> JSON {
    switch acceptance {
    case .baseline(let entry):
      [
        "by": "baseline", "reason": .text(entry.reason), "since": .text(entry.date), "place": place(entry.range),
      ]
    case .suppression(let suppression):
      [
        "by": "comment", "reason": .text(suppression.reason), "until": .text(suppression.until.description),
        "place": place(suppression.range),
      ]
    }
  }

  static func cell(_ verdict: CellVerdict) -> JSON {
    cellIdentity(verdict).merging(words(verdict))
  }

  private static func cellIdentity(_ verdict: CellVerdict) -> JSON {
    [
      "architecture": .text(verdict.architecture), "kernel": .text(verdict.kernel),
      "hugepage": .size(verdict.hugepage), "assumptions": filled(verdict.assumptions),
    ]
  }

  private static func words(_ verdict: CellVerdict) -> JSON {
    [
      "verdict": .text(verdict.overall.rawValue), "flush": .text(verdict.flush.rawValue),
      "remap": .text(verdict.remap.rawValue), "why": filled(verdict.why),
    ]
  }

  static func trusted(_ trusted: Report.Trusted) -> JSON {
    [
      "architecture": .text(trusted.architecture), "function": .text(trusted.effect.function),
      "effect": .text(trusted.effect.effect.rawValue), "firstCall": place(trusted.effect.firstCall),
    ]
  }

  static func comparison(_ comparison: Comparison) -> JSON {
    [
      "old": .text(comparison.oldName), "new": .text(comparison.newName),
      "renames": comparison.renames.isEmpty
        ? nil : .array(comparison.renames.map { ["old": .text($0.old.name), "new": .text($0.new.name)] }),
    ]
  }

  static func change(_ change: Comparison.CellChange) -> JSON {
    let identity: JSON = (change.new ?? change.old).map(cellIdentity) ?? [:]
    return identity.merging([
      "direction": .text(change.direction.rawValue), "old": change.old.map(words), "new": change.new.map(words),
      "causes": .array(change.causes.map(cause)),
    ])
  }

  private static func cause(_ cause: Comparison.Cause) -> JSON {
    ["change": .text(cause.change), "place": place(cause.place)]
  }
}
