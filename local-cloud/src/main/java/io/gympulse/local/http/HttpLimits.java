package io.gympulse.local.http;

import java.time.Duration;

/// What the HTTP server allows its clients. A source is an IPv4 address or the /64 network of an
/// IPv6 address.
///
/// @param connections open at once, of all sources. For one more, that which has waited for its
///     request for longest is closed; if all are being served, the new one is answered 503
/// @param connectionsOfSource open at once, of one source; one more takes the place of one of the
///     same source, as above
/// @param bodyBytes of one request's body; a longer one is answered 413
/// @param freeBytes of a body that take nothing from the budget of bodies
/// @param budgetBytes beyond the free ones, of all bodies that are being received or served; a
///     source may hold half of it. A body beyond it is answered 503.
/// @param workingBytes of the bodies that are served at once; others wait
/// @param headerBytes of a request's headers; more are answered 431
/// @param head the longest time from the connection to the end of the first request's headers
/// @param body the longest time from the end of the headers to the end of the body
/// @param idle the longest time from an answer to the end of the next request's headers
/// @param write the longest time in which a client takes what was written to it
public record HttpLimits(
    int connections,
    int connectionsOfSource,
    int bodyBytes,
    int freeBytes,
    int budgetBytes,
    int workingBytes,
    int headerBytes,
    Duration head,
    Duration body,
    Duration idle,
    Duration write) {

  /// For a cloud with a heap of 256 MB: a body in JSON takes up to thirty times its length while it
  /// is served.
  public static final HttpLimits STANDARD =
      new HttpLimits(
          512,
          128,
          1 << 20,
          16 << 10,
          8 << 20,
          2 << 20,
          16 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  public HttpLimits {
    if (workingBytes < bodyBytes || budgetBytes / 2 < bodyBytes) {
      throw new IllegalArgumentException(
          "workingBytes and half of budgetBytes: at least bodyBytes, which is " + bodyBytes);
    }
  }
}
