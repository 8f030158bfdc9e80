package io.gympulse.edge.uplink;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses between a gateway's credentials and those that replace them on the disk.
///
/// Files that cannot be used together change nothing. New ones that the cloud does not accept in
/// three attempts make room for the previous ones, and the other way round, until one of them
/// connects; the others are then tried again only if their files change or the connection is lost.
/// Safe for any number of threads.
final class CredentialRotation {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialRotation.class);
  private static final int ATTEMPTS = 3;

  private final Source source;
  private CredentialFiles current;

  /// What is tried if the current ones do not connect.
  private Optional<CredentialFiles> other = Optional.empty();

  private Optional<CredentialFiles> refused = Optional.empty();
  private String lastFault = "";
  private int failures;

  /// The files on the disk.
  @FunctionalInterface
  interface Source {
    CredentialFiles read() throws CredentialsException;
  }

  /// @throws CredentialsException if the files cannot be used
  CredentialRotation(Source source) throws CredentialsException {
    this.source = source;
    this.current = source.read();
  }

  synchronized CredentialFiles current() {
    return current;
  }

  /// Reads the files. Blocks.
  ///
  /// @return whether they are others, and the ones to connect with from now on
  synchronized boolean renew() {
    CredentialFiles found;
    try {
      found = source.read();
      lastFault = "";
    } catch (CredentialsException e) {
      String fault = String.valueOf(e.getMessage());
      if (!fault.equals(lastFault)) {
        LOG.warn("uplink: new credentials are not used: {}", fault);
      }
      lastFault = fault;
      return false;
    }
    if (found.equals(current) || isKnown(found, other) || isKnown(found, refused)) {
      return false;
    }
    LOG.info("uplink: the certificate was replaced; connecting with the new one");
    other = Optional.of(other.orElse(current));
    current = found;
    refused = Optional.empty();
    failures = 0;
    return true;
  }

  private static boolean isKnown(CredentialFiles found, Optional<CredentialFiles> known) {
    return known.filter(found::equals).isPresent();
  }

  /// There is a connection with the current ones.
  synchronized void connected() {
    if (other.isPresent() && isNewest(other.get())) {
      LOG.warn(
          "uplink: the cloud does not accept the new certificate; connected with the previous one");
      refused = other;
    }
    other = Optional.empty();
    failures = 0;
  }

  private boolean isNewest(CredentialFiles credentials) {
    try {
      return source.read().equals(credentials);
    } catch (CredentialsException e) {
      return false;
    }
  }

  /// The connection was lost or could not be made.
  ///
  /// @return whether to connect with others from now on
  synchronized boolean failed() {
    if (other.isEmpty()) {
      other = refused;
      refused = Optional.empty();
    }
    failures++;
    if (other.isEmpty() || failures < ATTEMPTS) {
      return false;
    }
    CredentialFiles next = other.get();
    other = Optional.of(current);
    current = next;
    failures = 0;
    return true;
  }
}
