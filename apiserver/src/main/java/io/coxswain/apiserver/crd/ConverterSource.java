package io.coxswain.apiserver.crd;

import io.coxswain.api.apiextensions.CustomResourceDefinition;

/// Makes the converter that a definition asks for.
@FunctionalInterface
public interface ConverterSource {

    Converter of(CustomResourceDefinition definition);
}
