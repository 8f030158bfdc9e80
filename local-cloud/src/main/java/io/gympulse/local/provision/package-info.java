/// The command that makes a thing: certificate, key, root certificate and, for a gateway, its
/// configuration.
/// It writes into the data directory of a cloud that may be running or not.
@NullMarked
package io.gympulse.local.provision;

import org.jspecify.annotations.NullMarked;
