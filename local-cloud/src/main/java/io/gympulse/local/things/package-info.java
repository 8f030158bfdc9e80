/// The registry of things: which gateways, machines, observers and API processes may connect, with
/// which certificates. A thing's JSON file is read at each connection, so provisioning needs no
/// restart.
@NullMarked
package io.gympulse.local.things;

import org.jspecify.annotations.NullMarked;
