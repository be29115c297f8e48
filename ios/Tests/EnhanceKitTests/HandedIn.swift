import EnhanceKit
import Foundation

/// What a host may hand in, by type: a value of each that is as far from sense as the type lets it
/// be. Ids of things that are here let texts and numbers get further in.
struct HandedIn: Sendable {
  let text: String
  let number: Int
  let date: Date
  let length: Duration
  let day: CalendarDate
  let document: DocumentId
  let folder: URL
  /// The text of each id but that of ``document``.
  let id: String

  var person: PersonId { PersonId(rawValue: id) }
  var device: DeviceId { DeviceId(rawValue: id) }
  var item: ItemId { ItemId(rawValue: id) }
  var version: Version { Version(rawValue: id) }
  var hash: Sha256 { Sha256(rawValue: id) }
  var quarantined: QuarantineId { QuarantineId(rawValue: Int64(number)) }
  var data: Data { Data(text.utf8) }
  var days: DaysInARow { DaysInARow(from: day, to: day) }
  var range: TextRange { TextRange(start: number, end: -1) }
  var comment: CommentRef { CommentRef(document: document, id: item) }
  var source: EvidenceSource { .item(item) }
  var subject: SignOffSubject { .module(key: text) }
  var recipe: RecipeSource { .text(text) }
  var textField: TextField { .answer(text) }
  var draftField: DraftField { .answer(text) }
  var inboxPlace: InboxPosition { InboxPosition(since: date, item: item) }
  var listPlace: ListPosition { ListPosition(updatedAt: date, document: document) }
  var debrief: DebriefAnswer { DebriefAnswer(before: number, after: -1, reflection: nil) }
  var answer: SignOffAnswer {
    SignOffAnswer(decision: .signed, role: .educational, statement: text)
  }
  var signer: WitnessedSigner { WitnessedSigner(name: text, person: person, knownBy: text) }
  var budget: Budget {
    Budget(deadline: max(.zero, min(length, .zero)), metered: true, maxBytes: number)
  }
  var conditions: Conditions { Conditions(online: true, metered: true, foreground: true) }

  var session: NewSession {
    NewSession(
      title: text, activity: text, module: text, start: date, minutes: number, kind: .core)
  }

  var reflectionEdits: [ReflectionEdit] {
    [.title(title: text), .answer(prompt: text, text: text), .addTag(tag: .domain(text))]
  }

  var commentEdits: [CommentEdit] {
    [.rewrite(id: item, body: text), .takeBack(id: item, at: date)]
  }

  var projectEdits: [ProjectEdit] {
    let seen = MeasureObservation(
      measure: item, at: day, value: .ratio(numerator: number, denominator: number), group: text)
    return [
      .title(title: text), .section(section: .problem, text: text), .start(on: day),
      .move(id: item, to: .testing, at: date, note: text),
      .driver(id: item, edit: .place(number)),
    ] + seen.adding(item)
  }

  var recordEdits: [RecordEdit] {
    [
      .start(activity: text, at: date), .see(item: item, at: date),
      .learningSession(id: item, edit: .minutes(number)),
      .placement(id: item, edit: .start(day)), .certificate(id: item, edit: .title(text)),
      .debrief(id: item, edit: .confidenceBefore(number)),
    ]
  }

  /// One after the other: a text with a number, a moment, a length and a day.
  static func all(_ document: DocumentId, _ item: ItemId, in folder: URL) -> [HandedIn] {
    let long = String(repeating: "\u{1f9d1}\u{200d}\u{2695}\u{fe0f}", count: 80_000)
    let texts = ["", "\0", "no id \u{202e}\u{feff}\u{fffd}\u{10ffff}", long, "  \r\n\t ", "-1"]
    let numbers = [Int.min, -1, Int.max, Int(Int32.max) + 1, 0, Int(Int32.min) - 1]
    let seconds = [.nan, .infinity, -.infinity, 1e300, -1e300, 0.5]
    let lengths: [Duration] = [
      .seconds(Int64.min), .seconds(Int64.max), .zero, .nanoseconds(-1), .milliseconds(-1),
      Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999),
    ]
    let days = [
      CalendarDate(year: .min, month: .min, day: .min),
      CalendarDate(year: .max, month: .max, day: .max),
      CalendarDate(year: 2026, month: 2, day: 30), CalendarDate(year: -1, month: 1, day: 1),
      CalendarDate(year: 0, month: 0, day: 0), CalendarDate(year: 9999, month: 12, day: 31),
    ]
    return texts.indices.flatMap { at in
      [(DocumentId(rawValue: texts[at]), texts[at]), (document, item.rawValue)].map { known, id in
        HandedIn(
          text: texts[at], number: numbers[at], date: Date(timeIntervalSince1970: seconds[at]),
          length: lengths[at], day: days[at], document: known, folder: folder, id: id)
      }
    }
  }
}
