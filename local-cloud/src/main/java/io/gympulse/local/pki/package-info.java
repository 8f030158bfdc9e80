/// The certificate authority of one data directory, which issues the broker's certificate and one
/// per thing. All are created at run time and stored as PEM files that any TLS client reads.
@NullMarked
package io.gympulse.local.pki;

import org.jspecify.annotations.NullMarked;
