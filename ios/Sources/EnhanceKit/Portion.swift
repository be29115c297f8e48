/// As much of a list as was asked for, and whether there is more of it, so that no screen has to
/// guess from a full page. It reads like an array of its items; the next one begins after the last.
public struct Portion<Element: Equatable & Sendable>: RandomAccessCollection, Equatable, Sendable {
  public let items: [Element]
  /// Whether the list goes on after them.
  public let more: Bool

  public init(items: [Element], more: Bool) {
    (self.items, self.more) = (items, more)
  }

  public var startIndex: Int { items.startIndex }
  public var endIndex: Int { items.endIndex }

  public subscript(position: Int) -> Element { items[position] }
}

extension Portion where Element == DocumentSummary {
  init(_ portion: DocumentPortion) { self.init(items: portion.items, more: portion.more) }
}

extension Portion where Element == Hit {
  init(_ portion: HitPortion) { self.init(items: portion.items, more: portion.more) }
}

extension Portion where Element == SignOffRequestView {
  init(_ portion: SignOffPortion) { self.init(items: portion.items, more: portion.more) }
}

extension Portion where Element == SittingView {
  init(_ portion: SittingPortion) { self.init(items: portion.items, more: portion.more) }
}
