package org.almosttls.agent.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was observed at each end, in a few words. */
public final class Told {

    private static final int MOST = 120;

    private Told() {}

    public static String ofBob(Observation seen) {
        return seen.bob().heard().isEmpty() ? "is not there" : told("reads", seen.bob());
    }

    public static String ofAlice(Observation seen) {
        return seen.alice().heard().isEmpty() ? "is not there" : told("takes", seen.alice());
    }

    public static String ofMallory(Observation seen) {
        return printable(seen.mallory().words());
    }

    private static String told(String verb, End end) {
        var words = new ArrayList<String>();
        words.add(verb + " " + texts(end.texts()));
        end.exceptions().stream().distinct().forEach(each -> words.add("exception " + printable(each)));
        if (!end.notices().isEmpty()) words.add("notices " + counted(end.notices()));
        words.add("session " + counted(end.endings()));
        return String.join("; ", words);
    }

    private static String texts(List<String> texts) {
        var counts = counts(texts.stream().map(Told::text).toList());
        return counts.isEmpty() ? "nothing" : counts;
    }

    private static String text(String text) {
        return text.isEmpty() ? "nothing" : "[" + printable(text.strip().replace("\n", " | ")) + "]";
    }

    private static String counted(List<String> names) {
        return names.isEmpty() ? "never began" : counts(names);
    }

    private static String counts(List<String> all) {
        return all.stream()
                .distinct()
                .map(each -> {
                    long times = all.stream().filter(each::equals).count();
                    return times == 1 ? each : each + " (" + times + " times)";
                })
                .collect(Collectors.joining(", "));
    }

    /** What others have made up can neither move the cursor nor fill the screen. */
    static String printable(String text) {
        String some = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
        return some.replaceAll("[^ -~]", "?");
    }
}
