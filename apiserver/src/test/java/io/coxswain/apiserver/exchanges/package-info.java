/// Requests and answers as texts: how a transcript is read and written, and what stands for values
/// that differ from run to run.
@NullMarked
package io.coxswain.apiserver.exchanges;

import org.jspecify.annotations.NullMarked;
