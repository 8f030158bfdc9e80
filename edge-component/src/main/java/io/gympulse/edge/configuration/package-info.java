/// What an operator may set, read from a file and checked before anything starts. Every error names
/// the key, what was found there and what to do.
@NullMarked
package io.gympulse.edge.configuration;

import org.jspecify.annotations.NullMarked;
