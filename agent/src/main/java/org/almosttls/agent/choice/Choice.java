package org.almosttls.agent.choice;

import java.util.List;
import org.almosttls.agent.options.End;

/** Whose a connection is. */
@FunctionalInterface
public interface Choice {

    /** @param ends what is known of them, which may be nothing */
    boolean isOurs(List<End> ends);
}
