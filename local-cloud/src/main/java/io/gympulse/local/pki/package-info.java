/// The certificate authority of one data directory: it signs the broker's certificate and one per
/// thing. Everything is made at run time and kept as PEM files that any TLS client reads.
@NullMarked
package io.gympulse.local.pki;

import org.jspecify.annotations.NullMarked;
