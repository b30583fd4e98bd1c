package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.util.Map;

/** What can be seen of classes that have to do with engines. */
public interface EngineClasses {

    /** One of engines: what they are given is to be seen from now on. */
    void turnsUp(Class<?> engine);

    /** Of any class: the methods that make an engine or begin its handshake, by name and descriptor, and where they do. */
    Map<String, Integer> makers(Class<?> type) throws IOException;
}
