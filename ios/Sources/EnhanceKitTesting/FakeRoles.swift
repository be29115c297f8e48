import EnhanceKit
import Foundation

// As what somebody signs: what they say of themselves, beside what others say of them.

/// As what somebody signed, in words that never say a claim as a fact.
struct FakeRole {
  let inWords: String
  /// Whether a placement of that day, or the server, says the same.
  let agrees: Bool
  /// Whether a placement of that day names them as what they say.
  let isNamed: Bool
  /// Where a placement of that day names them; empty where none does.
  let organisation: String
  /// Whether a placement of that day names them as a supervisor, and they signed as one.
  let isOfSupervisor: Bool
}

/// What a placement names somebody as.
private struct NamedRole {
  let role: SupervisorRole
  let placement: TrainingPlacement

  func isOn(_ day: CalendarDate) -> Bool { placement.start <= day && day <= placement.end }
}

extension Shelf {
  /// As what a sign-off was signed. Only its trainee can read what placements say of who signed.
  func role(of signOff: FakeSignOff, isTrainee: Bool) -> FakeRole {
    let (said, day) = (signOff.answer.role, CalendarDate(inLondon: signOff.at))
    let placements = isTrainee ? named(signOff) : nil
    let now = (placements ?? []).filter { $0.isOn(day) }
    let known = signOff.witnessed == nil ? roles(of: signOff.person) : []
    let isNamed = now.contains { $0.role == said }
    let isKnown = said.isOf(known)
    let organisation = (now.first { $0.role == said } ?? now.first)?.placement.organisation ?? ""
    let words: String
    if isNamed {
      words = "\(said.inWords), as the placement names them"
    } else if isKnown {
      words = "\(said.inWords), as the server knows them"
    } else {
      let names = placements.map { inWords($0, day) }
      let roles = Set(known.map { "\($0)" }).sorted().joined(separator: " and ")
      let server = now.isEmpty && !roles.isEmpty ? "the server knows them as \(roles)" : nil
      let all = ["says of themselves: \(said.inWords)", names, server].compactMap { $0 }
      words = all.joined(separator: "; ")
    }
    return FakeRole(
      inWords: words, agrees: isNamed || isKnown, isNamed: isNamed, organisation: organisation,
      isOfSupervisor: said.supervises && now.contains { $0.role.supervises })
  }

  private func roles(of person: PersonId?) -> [Role] {
    person.flatMap { try? self.person($0) }?.roles.map(\.role) ?? []
  }

  /// What placements name a signer as: by who they are, or, of a line without an account, by name.
  private func named(_ signOff: FakeSignOff) -> [NamedRole] {
    let shown = record.shown
    return shown.supervisors.map(\.supervisor).compactMap { one in
      let isThem: Bool
      if let person = one.person, let signer = signOff.person {
        isThem = person == signer
      } else {
        isThem = one.name.asCompared == signOff.signer.asCompared
      }
      guard isThem, let placement = shown.placements.first(where: { $0.id == one.placement })
      else { return nil }
      return NamedRole(role: one.role, placement: placement.placement)
    }
  }

  private func inWords(_ placements: [NamedRole], _ day: CalendarDate) -> String {
    let now = Set(placements.filter { $0.isOn(day) }.map(\.role.inWords)).sorted()
    guard now.isEmpty else {
      return "the placement names them as \(now.joined(separator: " and "))"
    }
    let over = placements.filter { $0.placement.end < day }
    let nearest = over.max { $0.placement.end < $1.placement.end } ?? placements.first
    guard let nearest else { return "no placement names them" }
    let isOver = nearest.placement.end < day
    let when = isOver ? "until \(nearest.placement.end)" : "from \(nearest.placement.start)"
    return
      "no placement of that day names them, but one did as \(nearest.role.inWords) \(when)"
  }
}

extension SupervisorRole {
  /// Whether who has it supervises a trainee.
  var supervises: Bool { self != .partner && self != .administrator }

  /// Whether the server knows them so. Who supervises whom it does not know.
  fileprivate func isOf(_ known: [Role]) -> Bool {
    switch self {
    case .fellow: known.contains(.fellow)
    case .partner: known.contains(.partner)
    case .administrator: known.contains(.admin)
    default: false
    }
  }
}

extension SupervisorRole {
  /// What people call it.
  var inWords: String {
    switch self {
    case .clinical: "clinical supervisor"
    case .educational: "educational supervisor"
    case .named: "named supervisor"
    case .fellow: "fellow"
    case .partner: "partner"
    case .programmeDirector: "programme director"
    case .administrator: "administrator"
    }
  }
}
