package org.almosttls.agent.attach;

import java.util.List;

/**
 * What came of a request.
 *
 * @param done whether it was done
 * @param lines what there is to say, or why it was not
 */
public record Answer(boolean done, List<String> lines) {

    static Answer yes(List<String> lines) {
        return new Answer(true, lines);
    }

    static Answer no(String why) {
        return new Answer(false, List.of(why));
    }
}
