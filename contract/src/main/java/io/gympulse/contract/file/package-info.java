/// Files that processes share. What two processes of the product may not do at once is settled
/// here.
@NullMarked
package io.gympulse.contract.file;

import org.jspecify.annotations.NullMarked;
