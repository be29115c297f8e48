import EnhanceKit
import Foundation

// What is asked of all that somebody types, in the core's words and with its codes.

// MARK: How long a text may be

/// Characters of a text on a server that was not set otherwise; all that is typed here is for one.
private let mostChars = 262_144
/// Characters of a name, a title or a unit, which stand in lists.
private let mostShort = 500

/// Refuses a text that is too long and is typed into no field of its own.
func refuseLong(_ text: String?, isShort: Bool = false) throws(CoreError) {
  let limit = isShort ? mostShort : mostChars
  guard let text, text.unicodeScalars.count > limit else { return }
  let advice =
    isShort
    ? "Say it in fewer words here, and the rest in the text" : "Continue it in a new document"
  throw .tooLarge(
    limit: limit, field: nil, over: nil, code: "text_too_long",
    reason: "this text is too long: \(limit) characters fit here. \(advice)")
}

/// Refuses an edit of a plan with a text that is too long, naming its field if people type into it.
func refuseLong(_ edit: ProjectEdit) throws(CoreError) {
  guard let text = edit.written else { return }
  guard let field = edit.draftField else { return try refuseLong(text, isShort: edit.isShort) }
  if let tooLong = CoreError.tooLong(text, in: field) { throw tooLong }
}

extension CoreError {
  /// Why a text does not go into a field; none if it does. A template says what its prompts ask.
  static func tooLong(
    _ text: String, in field: DraftField, _ template: Template? = nil
  ) -> CoreError? {
    let over = text.unicodeScalars.count - mostChars
    guard over > 0 else { return nil }
    let many = over == 1 ? "1 character" : "\(over) characters"
    let called = field.called(template)
    return .tooLarge(
      limit: mostChars, field: field, over: over, code: "text_too_long",
      reason: "the text \"\(called)\" is too long by \(many): \(mostChars) characters fit there. "
        + "Shorten it, or continue it in a new document")
  }
}

extension DraftField {
  fileprivate func called(_ template: Template?) -> String {
    switch self {
    case .answer(let prompt): template?.prompts.first { $0.key == prompt }?.label ?? prompt
    case .section(let section): section.heading
    case .item(let text):
      "\(text.noun.words): \(text.field.replacingOccurrences(of: "_", with: " "))"
    }
  }
}

extension ProjectSection {
  fileprivate var heading: String {
    switch self {
    case .problem: "Problem"
    case .whyHere: "Why here"
    case .team: "Team"
    case .plan: "Plan"
    case .handover: "Handover"
    case .governance: "Information governance"
    case .equity: "Equity"
    case .coProducedWith: "Co-produced with"
    case .sustained: "What is sustained"
    case .outcome: "Outcome"
    }
  }
}

extension ProjectEdit {
  /// The field that people type this into; none where it is of no such field.
  fileprivate var draftField: DraftField? {
    if case .section(let section, _) = self { return .section(section) }
    guard let (noun, id) = item, let field = path?.split(separator: "/").last else { return nil }
    let text = TextOfItem(noun: noun, id: id, field: String(field))
    return text.edit("") == nil ? nil : .item(text)
  }
}

// MARK: Numbers, days and what is named

func inRange(
  _ name: String, _ number: Int?, _ range: ClosedRange<Int>, _ field: InputField = .edit
) throws(CoreError) {
  guard let number, !range.contains(number) else { return }
  throw .unfit(
    field, "\(name) goes from \(range.lowerBound) to \(range.upperBound), not \(number)")
}

/// Refuses a day that nobody means: one of another calendar, or one that stands for never.
func refuseOtherYear(_ day: CalendarDate, _ field: InputField) throws(CoreError) {
  guard !(1950...2150).contains(day.year) else { return }
  throw .unfit(field, "\(day) is in no year of anybody's training; years go from 1950 to 2150")
}

extension CalendarDate {
  /// Whether a day has come nowhere yet: somewhere it is tomorrow already.
  func isAhead(of now: Date) -> Bool { self > CalendarDate(inLondon: now).plus(days: 1) }
}

extension CoreError {
  /// That a thing which an edit names is in none of what is looked at: a plan, or a record.
  static func unknown(_ of: String, _ noun: Noun, _ id: ItemId, _ place: String) -> CoreError {
    .unfit(.edit, "\(of) names a \(noun.words) \(id) that is not in this \(place)")
  }
}

extension Noun {
  /// As a sentence has it.
  var words: String {
    switch self {
    case .wteChange: "change of hours"
    case .careerBreak: "break in training"
    case .journeyStep: "step of a journey"
    case .pdpGoal: "goal"
    case .tally: "tally sheet"
    case .moduleCompletion: "completed module"
    case .activityCompletion: "completed activity"
    case .keptSignOff: "kept sign-off"
    case .project: "plan"
    default:
      "\(self)".reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : "\($1)" }
    }
  }

  /// The same, with what stands before it.
  var oneOfThem: String { ("aeiou".contains(words.prefix(1)) ? "an " : "a ") + words }
}

extension InputField {
  /// As the core writes it before what is wrong.
  var words: String {
    switch self {
    case .recoveryKey: "recovery key"
    case .textField: "field"
    case .moment: "time"
    case .signOff: "sign-off"
    default: "\(self)"
    }
  }
}

// MARK: Values of measures

extension ObservedValue {
  /// Why this is no value, if it is none.
  var fault: String? {
    guard case .ratio(let numerator, let denominator) = self else { return nil }
    if denominator == 0 { return "the denominator is zero" }
    return numerator > denominator ? "the numerator is larger than the denominator" : nil
  }

  /// As people write it.
  var said: String {
    switch self {
    case .ratio(let numerator, let denominator): return "\(numerator)/\(denominator)"
    case .number(let thousandths):
      return "\(Decimal(thousandths) / 1_000)"
    }
  }

  /// What somebody typed as a value; none where it is no such text.
  init?(typed text: String) {
    if let share = text.wholeMatch(of: /\s*(\d+)\s*\/\s*(\d+)\s*/) {
      guard let numerator = Int(share.1), let denominator = Int(share.2) else { return nil }
      self = .ratio(numerator: numerator, denominator: denominator)
    } else if let number = text.wholeMatch(of: /(-?)(\d+)(?:\.(\d{1,3})0*)?/) {
      let fraction = (number.3 ?? "").padding(toLength: 3, withPad: "0", startingAt: 0)
      guard let thousandths = Int64("\(number.1)\(number.2)\(fraction)") else { return nil }
      self = .number(thousandths: thousandths)
    } else {
      return nil
    }
    if fault != nil { return nil }
  }

  /// Whether it is more, exactly; a share is compared with a number as so many of a hundred.
  func isMore(than other: ObservedValue) -> Bool {
    let (mine, theirs) = (fraction, other.fraction)
    return mine.0 * theirs.1 > theirs.0 * mine.1
  }

  private var fraction: (Decimal, Decimal) {
    switch self {
    case .number(let thousandths): (Decimal(thousandths), 1_000)
    case .ratio(let numerator, let denominator): (Decimal(numerator) * 100, Decimal(denominator))
    }
  }
}
