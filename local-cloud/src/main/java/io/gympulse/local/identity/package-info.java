/// Tokens for development: the key of this installation, and the command that signs with it.
/// Depends on the data folder and on no other package of this module.
@NullMarked
package io.gympulse.local.identity;

import org.jspecify.annotations.NullMarked;
