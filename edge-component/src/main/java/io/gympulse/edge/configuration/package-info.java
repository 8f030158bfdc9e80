/// The configuration file that an operator writes, validated before anything starts. Every error
/// names the key, the value found and the remedy.
@NullMarked
package io.gympulse.edge.configuration;

import org.jspecify.annotations.NullMarked;
