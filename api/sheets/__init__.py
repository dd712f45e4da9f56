"""Lists as people take them away: headings and values in words. A program asks for JSON, which has everything as it is kept."""
