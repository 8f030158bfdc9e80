package io.gympulse.cloud.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// The broker's address, and the folder of the PEM files that `provision` writes.
///
/// @param clientId the name of the thing that the certificate belongs to
record BrokerSettings(String host, int port, Path credentials, String clientId) {

  /// @param address `HOST:PORT`
  /// @param clientId empty for the certificate's common name, which is the thing's name if
  ///     `provision` made it
  /// @throws IllegalArgumentException naming the option that is wrong
  static BrokerSettings of(String address, Path credentials, String clientId) {
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "--broker '%s' is not of the form HOST:PORT".formatted(address));
    }
    int port = Integer.parseInt(address.substring(colon + 1));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("--broker '%s': no such port".formatted(address));
    }
    BrokerSettings settings =
        new BrokerSettings(address.substring(0, colon), port, credentials, clientId);
    settings.requireFiles();
    return clientId.isBlank()
        ? new BrokerSettings(settings.host, port, credentials, settings.commonName())
        : settings;
  }

  Path certificate() {
    return credentials.resolve("certificate.pem");
  }

  Path privateKey() {
    return credentials.resolve("private.key");
  }

  Path rootCa() {
    return credentials.resolve("root-ca.pem");
  }

  String address() {
    return host + ":" + port;
  }

  private void requireFiles() {
    for (Path file : new Path[] {certificate(), privateKey(), rootCa()}) {
      if (!Files.isReadable(file)) {
        throw new IllegalArgumentException(
            "--credentials %s has no readable %s; provision an API process with that folder"
                .formatted(credentials, file.getFileName()));
      }
    }
  }

  private String commonName() {
    try (InputStream in = Files.newInputStream(certificate())) {
      X509Certificate read =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new LdapName(read.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(it -> it.getType().equalsIgnoreCase("CN"))
              .map(it -> it.getValue().toString())
              .findFirst()
              .orElseThrow(() -> new CertificateException("it has no common name"));
    } catch (IOException | CertificateException | InvalidNameException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(certificate(), e.getMessage()), e);
    }
  }
}
