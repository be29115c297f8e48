/// What is being typed at the moment, in every field.
package final class Typings: Sendable {
  enum Hold {
    /// As long as the app has it.
    case whileUsed
    /// Also if the app has forgotten it: what was typed is not safe, or not settled.
    case untilItRests
  }

  private struct Field {
    weak var typing: Typing?
    var held: Typing?
  }

  private struct Fields {
    var all: [ObjectIdentifier: Field] = [:]
    /// Keeps an ear open for documents that change.
    var subscription: ChangeSubscription?
  }

  /// In which what blocks is done.
  let lane: Lane
  private let fields = Locked(Fields())

  package init(_ lane: Lane) {
    self.lane = lane
  }

  func add(_ typing: Typing) {
    fields.with { $0.all[ObjectIdentifier(typing)] = Field(typing: typing) }
  }

  func remove(_ typing: Typing) {
    fields.with { $0.all[ObjectIdentifier(typing)] = nil }
  }

  func hold(_ typing: Typing, _ hold: Hold) {
    fields.with {
      $0.all[ObjectIdentifier(typing)]?.held = hold == .untilItRests ? typing : nil
    }
  }

  /// Hears of changes from the first field on.
  func listen(to handle: CoreHandle) {
    fields.with { fields in
      guard fields.subscription == nil else { return }
      fields.subscription = handle.observe(observer: DocumentEar(self))
    }
  }

  /// Puts on the disk what was typed in every field, as far as that can be done. Called on the
  /// lane.
  package func flushAll() {
    for typing in all() { typing.work(on: .flush) }
  }

  package func suspendAll() {
    for typing in all() { typing.work(on: .suspend) }
  }

  package func resumeAll() {
    for typing in all() { typing.work(on: .resume) }
  }

  /// The core is closed after this: what is on the disk by then is settled when it is open again.
  package func closeAll() {
    suspendAll()
    for typing in all() { typing.tell(.close) }
    let gone = fields.with { fields in
      defer { fields = Fields() }
      return fields
    }
    gone.subscription?.cancel()
  }

  /// Settles what is being typed into a document. Only a field that knows it was settled can go on
  /// from there.
  package func settle(_ id: DocumentId) throws(CoreError) {
    for typing in all() where typing.id == id { try typing.settleNow() }
  }

  /// Tells each field of changes of its document.
  package func heard(_ changes: Changes) {
    let documents = Set(
      changes.topics.filter { $0.topic == .documents }.flatMap(\.documents))
    for typing in all() where documents.contains(typing.id) { typing.tell(.changed) }
  }

  private func all() -> [Typing] {
    fields.with { $0.all.values.compactMap(\.typing) }
  }
}

/// Hears of documents that change.
private final class DocumentEar: Observer {
  private let typings: Typings

  init(_ typings: Typings) {
    self.typings = typings
  }

  func changed(changes: Changes) {
    typings.heard(changes)
  }
}
