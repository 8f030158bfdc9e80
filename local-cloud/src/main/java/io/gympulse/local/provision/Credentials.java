package io.gympulse.local.provision;

import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.Issued;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Path;

/// What a thing proves itself with, and what it knows the cloud by.
record Credentials(CertificateAuthority authority, Issued identity) {

  /// Writes `certificate.pem`, `private.key` and `root-ca.pem`, in place of earlier ones.
  void write(Path folder) throws IOException {
    DurableFile.makeFolders(folder);
    identity.write(folder.resolve("certificate.pem"), folder.resolve("private.key"));
    DurableFile.writePublic(folder.resolve("root-ca.pem"), authority.certificatePem());
  }
}
