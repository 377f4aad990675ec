package io.coxswain.apiserver.cel;

/// A part of an expression, ready to be evaluated.
@FunctionalInterface
interface Step {

    Object evaluate(Frame frame);
}
