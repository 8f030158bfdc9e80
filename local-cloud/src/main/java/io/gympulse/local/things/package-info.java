/// The registry of things: which gateway, machine or observer may connect, with which certificate.
/// One JSON file per thing, read at each connection, so provisioning needs no restart.
@NullMarked
package io.gympulse.local.things;

import org.jspecify.annotations.NullMarked;
