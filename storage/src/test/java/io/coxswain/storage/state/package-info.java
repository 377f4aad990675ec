/// Tests of the trees and of the history.
@NullMarked
package io.coxswain.storage.state;

import org.jspecify.annotations.NullMarked;
