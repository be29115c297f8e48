// Not compiled by the tests of this project, which run on Linux.
#if canImport(Network)
  import Dispatch
  import Network

  extension LearningCoreProtocol {
    /// Tells the core of the network whenever it changes, for ``keepInSync()``: whether there is
    /// one, and whether it is paid for by the byte. Ends when the task is cancelled or the core is
    /// closed.
    ///
    /// An app that suspends its core in the background needs nothing else; for another one,
    /// ``setConditions(_:)`` also says whether it is on the screen.
    public nonisolated func followNetwork() async {
      let (paths, continuation) = AsyncStream.makeStream(
        of: NWPath.self, bufferingPolicy: .bufferingNewest(1))
      let monitor = NWPathMonitor()
      monitor.pathUpdateHandler = { continuation.yield($0) }
      monitor.start(queue: DispatchQueue(label: "org.enhance.network"))
      defer { monitor.cancel() }
      for await path in paths {
        let conditions = Conditions(
          online: path.status != .unsatisfied, metered: path.isExpensive || path.isConstrained,
          foreground: true)
        guard (try? await setConditions(conditions)) != nil else { return }
      }
    }
  }
#endif
