/// The contract suite that every engine runs, and what tests of engines share.
@NullMarked
package io.coxswain.storage;

import org.jspecify.annotations.NullMarked;
