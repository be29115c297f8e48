import EnhanceKit
import Foundation

// What a fake looks for before something is shared: a few of the kinds that the core knows.

extension Shelf {
  /// What was found in a reflection or a plan as it stands, with what was typed, and in names that
  /// go along.
  func check(_ id: DocumentId, names: [String] = []) throws(CoreError) -> SharingCheck {
    let names = names.map { (place: TextPlace.fileName($0), text: $0) }
    return check(try texts(of: id) + unread(of: id) + names, of: id)
  }

  /// What in a plan that others read may tell who somebody is.
  func findings(of id: DocumentId) throws(CoreError) -> [Finding] {
    let plan = try document(id, .changeProject)
    guard plan.members.othersRead(try me()) else { return [] }
    return try check(id).findings
  }

  /// What was said about a plan that nobody else reads yet.
  private func unread(
    of id: DocumentId
  ) throws(CoreError) -> [(place: TextPlace, text: String)] {
    let document = try document(id)
    guard document.kind == .changeProject, !document.members.othersRead(try me()) else { return [] }
    return document.comments.texts.map { (.item(what: .comment, id: $0.id), $0.text) }
  }

  /// Looks through texts, whoever is going to read them.
  func check(_ all: [(place: TextPlace, text: String)], of id: DocumentId?) -> SharingCheck {
    let places = record.shown.placements.map(\.placement.organisation)
    let texts = all.filter { !$0.text.isEmpty }
    let findings = texts.flatMap { self.findings(in: $0.text, at: $0.place, places) }
    let probable = findings.filter { $0.severity == .probableIdentifier }.map(\.kind)
    let counts = probable.once.map { kind in
      FindingCount(kind: kind, count: probable.filter { $0 == kind }.count)
    }
    let seal = EnhanceKitTesting.seal(texts.map(\.text) + findings.map(\.text))
    return SharingCheck(
      document: id, findings: findings, more: 0, probable: counts,
      acknowledgement: Sha256(rawValue: String(repeating: seal, count: 4)))
  }

  /// Looks through words that are about to be said about a document, where others read it.
  func checkSaid(_ id: DocumentId, _ words: [String]) throws(CoreError) -> SharingCheck {
    let (document, me) = (try document(id), try me())
    let isRead = document.kind != .changeProject || document.members.othersRead(me)
    let texts = words.filter { _ in isRead }.map { words in
      (place: TextPlace.message, text: words.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return check(texts, of: id)
  }

  /// Refuses words in which something was found that was not seen.
  func requireSeen(_ id: DocumentId, _ words: [String]) throws(CoreError) {
    try checkSaid(id, words).mustBeSettled(acknowledged)
  }

  func texts(
    of id: DocumentId
  ) throws(CoreError) -> [(place: TextPlace, text: String)] {
    switch try document(id).shown {
    case .reflection(let reflection):
      let answers = reflection.answers.sorted { $0.key < $1.key }
      return [(.title, reflection.title)] + answers.map { (.answer($0.key), $0.value) }
        + reflection.tags.map { (.tagged($0), $0.words) }
    case .project(let plan):
      let project = plan.shown
      let sections = ProjectSection.allCases.map { section in
        (TextPlace.section(section), project.sections[section] ?? "")
      }
      let items = project.itemTexts.map { item in
        let place = TextPlace.item(what: plan.noun(of: item.id), id: item.id)
        return (place, item.texts.joined(separator: "\n"))
      }
      return [(.title, project.title), (.setting, project.setting)]
        + [(.aimSentence, project.aim.sentence)] + sections + items
        + project.tags.map { (.tagged($0), $0.words) }
    default: throw .notAllowed("only reflections and plans are looked through")
    }
  }

  private func findings(
    in text: String, at place: TextPlace, _ places: [String]
  ) -> [Finding] {
    let numbers = text.ranges(of: /\b\d{3}[ -]?\d{3}[ -]?\d{4}\b/).filter {
      isNhsNumber(text[$0])
    }
    let names = text.ranges(of: /\b(?:Mr|Mrs|Ms|Miss|Dr|Professor|Sister)\.? [A-Z][a-z]+/)
    // A run without an address is passed as a whole: a pattern that begins anew within it would look
    // at it as often as it has letters.
    let runs = text.ranges(of: /[\w.+-]+(?:@[\w-]+(?:\.[\w-]+)+)?/)
    let addresses = runs.filter { text[$0].contains("@") }
    let own = places.filter { $0.count > 2 }.flatMap { text.ranges(of: $0) }
    let found =
      numbers.map { ($0, FindingKind.nhsNumber) } + names.map { ($0, .titleName) }
      + addresses.map { ($0, .email) } + own.map { ($0, .ownPlace) }
    return found.sorted { $0.0.lowerBound < $1.0.lowerBound }.map { range, kind in
      Finding(
        place: place, kind: kind,
        severity: kind == .ownPlace ? .possible : .probableIdentifier,
        start: text[..<range.lowerBound].utf16.count, end: text[..<range.upperBound].utf16.count,
        text: String(text[range]), facts: [], reason: kind.reason, replacement: nil)
    }
  }
}

extension SharingCheck {
  /// Refuses to go on while nobody has seen what was found.
  func mustBeSettled(_ acknowledged: Sha256?) throws(CoreError) {
    guard !probable.isEmpty, acknowledged != acknowledgement else { return }
    let counts = probable.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
    throw .notAllowed(
      code: "unacknowledged", reason: "this may tell who somebody is: \(counts). Look at it first")
  }
}

extension FindingKind {
  fileprivate var reason: String {
    switch self {
    case .nhsNumber: "This is an NHS number: its last digit is right."
    case .titleName: "This is somebody's name."
    case .email: "This is somebody's address."
    default: "This is where you work or have worked, and readers may know who was there."
    }
  }
}

extension ProgrammeTag {
  fileprivate var words: String {
    switch self {
    case .domain(let key), .theme(let key), .capability(let key): key
    }
  }
}

/// Whether the last of ten digits is what the nine before it ask for.
private func isNhsNumber(_ text: Substring) -> Bool {
  let digits = text.compactMap(\.wholeNumberValue)
  let sum = zip(digits, stride(from: 10, to: 1, by: -1)).map { $0 * $1 }.reduce(0, +)
  let check = (11 - sum % 11) % 11
  return check < 10 && check == digits.last
}

/// Sixteen hexadecimal digits that are others for other texts (FNV-1a). For a fake that is enough.
func seal(_ texts: [String]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in texts.joined(separator: "\u{1f}").utf8 {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }
  return String(repeating: "0", count: hash.leadingZeroBitCount / 4) + String(hash, radix: 16)
}
