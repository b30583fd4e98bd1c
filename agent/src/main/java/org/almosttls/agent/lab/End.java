package org.almosttls.agent.lab;

import java.util.List;

/**
 * What one end has come to, its application and its stack, over all of its connections.
 *
 * @param notices names of violations that its stack has noticed, and of the ending that is a notice
 * @param suites one for each handshake that came to its end
 */
public record End(List<Heard> heard, List<String> notices, List<String> endings, List<String> suites) {

    static final End ABSENT = new End(List.of(), List.of(), List.of(), List.of());

    static End of(List<Heard> heard, Diary diary) {
        return new End(heard, diary.notices(), diary.endings(), diary.suites());
    }

    public List<String> texts() {
        return heard.stream().map(Heard::text).toList();
    }

    public List<String> exceptions() {
        return heard.stream().flatMap(each -> each.exception().stream()).toList();
    }
}
