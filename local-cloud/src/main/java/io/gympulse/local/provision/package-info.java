/// Commands that provision, list and revoke things: certificate, key, root certificate and, for a
/// gateway, its configuration. They write to the data directory of a cloud, which may be running.
@NullMarked
package io.gympulse.local.provision;

import org.jspecify.annotations.NullMarked;
