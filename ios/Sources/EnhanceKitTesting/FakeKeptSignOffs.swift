import EnhanceKit
import Foundation

// Sign-offs that go along with an export, and are kept where it is read back.

/// A sign-off in an export, with all that was known of it.
struct FakeTaken {
  let id: DocumentId
  let signOff: FakeSignOff
  let request: FakeRequest
  let trainee: Person
  let role: FakeRole
}

/// A sign-off that was read back from an export.
struct FakeKept {
  let id: ItemId
  let taken: FakeTaken
}

extension Shelf {
  /// The answers to this person's requests, by request.
  func signedToTake() -> [(request: DocumentId, title: String, signed: [FakeTaken])] {
    let mine = here.filter { $0.owner == account?.person }
    return mine.compactMap { document in
      guard case .request(let request) = document.content else { return nil }
      let signed = here.sorted { $0.createdAt < $1.createdAt }.compactMap { other in
        guard case .signOff(let one) = other.content, one.request == document.id
        else { return FakeTaken?.none }
        return FakeTaken(
          id: other.id, signOff: one, request: request, trainee: document.owner,
          role: role(of: one, isTrainee: true))
      }
      return (document.id, request.title, signed)
    }
  }

  /// The sign-offs of an export that are lacking here.
  func lacking(of export: FakeExport) -> [FakeTaken] {
    let others = export.signed.filter { memory.documents[$0.request].map(isHere) != true }
    let known = Set(kept.map(\.taken.id))
    return others.flatMap(\.signed).filter { !known.contains($0.id) }
  }

  /// How many of them are here or kept already.
  func known(of export: FakeExport) -> Int {
    let here = export.signed.filter { memory.documents[$0.request].map(isHere) == true }.count
    let others = export.signed.filter { memory.documents[$0.request].map(isHere) != true }
    return here + others.flatMap(\.signed).count - lacking(of: export).count
  }

  /// Requests that are not kept, since nobody had answered them.
  func leftOut(of export: FakeExport) -> [SignOffLeftOut] {
    let unanswered = export.signed.filter { one in
      one.signed.isEmpty && memory.documents[one.request].map(isHere) != true
    }
    return unanswered.map {
      SignOffLeftOut(title: $0.title, reason: "nobody has answered it; ask for it anew")
    }
  }

  private func isHere(_ document: FakeDocument) -> Bool {
    document.members.right(of: account?.person.id) != nil
  }

  mutating func keep(_ taken: [FakeTaken]) {
    for one in taken {
      kept.append(FakeKept(id: ItemId(rawValue: memory.fresh("kept")), taken: one))
    }
  }

  /// Those that were signed last first. What is here as a sign-off too is shown there.
  func keptSignOffs() throws(CoreError) -> [KeptSignOffView] {
    let me = try me()
    let others = kept.filter { memory.documents[$0.taken.id].map(isHere) != true }
    return others.map { one in
      let changed = changed(one)
      let (signOff, role) = (one.taken.signOff, one.taken.role)
      return KeptSignOffView(
        id: one.id, title: one.taken.request.title, text: one.taken.request.text,
        decision: signOff.answer.decision, statement: signOff.answer.statement,
        signer: signOff.signer, roleInWords: role.inWords, roleAgrees: role.agrees,
        witnessed: signOff.witnessed, at: signOff.at, trainee: one.taken.trainee.name, fault: nil,
        publisherKnown: true, anotherAccount: one.taken.trainee != me, changed: changed,
        superseded: isSuperseded(one), inWords: inWords(one, changed, me))
    }
    .sorted { $0.at > $1.at }
  }

  /// Whether another answer stands in its place, in one that was read back as well.
  func isSuperseded(_ one: FakeKept) -> Bool {
    let signOff = one.taken.signOff
    let beside = kept.map(\.taken.signOff).filter { $0.request == signOff.request }
    return beside.contains { signOff.isSuperseded(by: $0) && signOff.at < $0.at }
      || beside.contains { signOff.isOutdone(by: $0) }
  }

  /// How one stands, in a line: what was decided, and all that its reader has to know of that.
  private func inWords(_ one: FakeKept, _ changed: ChangedSince, _ me: Person) -> String {
    let (signOff, trainee) = (one.taken.signOff, one.taken.trainee)
    let became: String? =
      switch changed {
      case .unchanged: nil
      case .changed: "changed since sign-off"
      case .deleted: "deleted since sign-off"
      case .unknown: "what was signed is not here to be compared"
      }
    let said: [String?] = [
      signOff.answer.decision == .signed ? "signed" : "returned",
      isSuperseded(one) ? "superseded, another answer stands in its place" : nil,
      signOff.witnessed == nil ? nil : FakeSignOff.witnessedInWords,
      trainee == me ? nil : "made under another account, for \(trainee.name)", became,
    ]
    return said.compactMap { $0 }.joined(separator: "; ")
  }

  /// Whether what was signed still says the same here, under the id that it has here.
  func changed(_ one: FakeKept) -> ChangedSince {
    let (request, subject) = (one.taken.request, subjectHere(one))
    return changedSince(subject, request.text, isMine: true)
  }

  func subjectHere(_ one: FakeKept) -> SignOffSubject {
    guard let me = account?.person.id, one.taken.trainee.id != me else {
      return one.taken.request.subject
    }
    switch one.taken.request.subject {
    case .reflection(let id): return .reflection(id: memory.imported(id, by: me))
    case .sharedReflection(let id): return .sharedReflection(id: memory.imported(id, by: me))
    case .project(let id): return .project(id: memory.imported(id, by: me))
    case .module, .sessions: return one.taken.request.subject
    }
  }

  func exportKeptSignOff(_ id: ItemId) throws(CoreError) -> String {
    _ = try me()
    guard let one = kept.first(where: { $0.id == id })?.taken else {
      throw .notFound(.keptSignOff, id.rawValue)
    }
    return paper(one.signOff, of: one.request, one.trainee, one.role)
  }
}
