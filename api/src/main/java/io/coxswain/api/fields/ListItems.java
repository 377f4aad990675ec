package io.coxswain.api.fields;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Schema.ListType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The items of a list that merges item by item, each with the path element that names it.
///
/// @param elements in the order of the list; repeated ones appear again
/// @param items the first item of each name
record ListItems(List<Element> elements, Map<Element, Json> items) {

    static ListItems of(List<Json> list, Schema schema) {
        var elements = new ArrayList<Element>(list.size());
        var items = new LinkedHashMap<Element, Json>();
        for (var item : list) {
            var element = name(item, schema, elements.size());
            elements.add(element);
            items.putIfAbsent(element, item);
        }
        return new ListItems(elements, items);
    }

    static Element name(Json item, Schema schema, int position) {
        if (schema.merge().listType() == ListType.SET) {
            return Element.value(item);
        }
        var key = Element.key(item, schema);
        return key == null ? new Element("i:" + position) : key;
    }
}
