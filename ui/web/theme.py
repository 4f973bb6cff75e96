"""Gradio's theme, told in the names of tokens.css: no colour, size or corner stands here."""

from __future__ import annotations

import re

import gradio as gr

from ui.web.tokens import tokens_css

_THEME = {
    "body_background_fill": "page",
    "body_text_color": "text",
    "body_text_color_subdued": "quiet",
    "body_text_size": "size-m",
    "background_fill_primary": "surface",
    "background_fill_secondary": "sunken",
    "border_color_primary": "line",
    "border_color_accent": "accent",
    "color_accent": "accent",
    "color_accent_soft": "accent-soft",
    "link_text_color": "accent",
    "link_text_color_active": "accent",
    "link_text_color_hover": "accent",
    "link_text_color_visited": "accent",
    "block_background_fill": "surface",
    "block_border_color": "line",
    "block_label_background_fill": "surface",
    "block_label_border_color": "line",
    "block_label_text_color": "quiet",
    "block_info_text_color": "quiet",
    "block_title_text_color": "quiet",
    "block_title_text_size": "size-s",
    "block_radius": "r2",
    "container_radius": "r2",
    "input_background_fill": "surface",
    "input_background_fill_focus": "surface",
    "input_border_color": "line-strong",
    "input_border_color_focus": "accent",
    "input_border_color_hover": "quiet",
    "input_placeholder_color": "quiet",
    "input_radius": "r1",
    "input_text_size": "size-m",
    "input_shadow_focus": "ring",
    "button_primary_background_fill": "accent-fill",
    "button_primary_background_fill_hover": "accent-fill-hover",
    "button_primary_border_color": "accent-fill",
    "button_primary_text_color": "on-accent",
    "button_secondary_background_fill": "surface",
    "button_secondary_background_fill_hover": "hover",
    "button_secondary_border_color": "line",
    "button_secondary_text_color": "text",
    "button_secondary_text_color_hover": "text",
    "button_large_radius": "r2",
    "button_medium_radius": "r1",
    "button_small_radius": "r1",
    "checkbox_background_color": "surface",
    "checkbox_background_color_selected": "accent-fill",
    "checkbox_border_color": "line-strong",
    "checkbox_border_color_selected": "accent-fill",
    "checkbox_label_background_fill": "surface",
    "checkbox_label_background_fill_hover": "hover",
    "checkbox_label_background_fill_selected": "accent-soft",
    "checkbox_label_border_color": "line",
    "checkbox_label_text_color": "text",
    "checkbox_label_text_color_selected": "text",
    "error_background_fill": "old",
    "error_border_color": "wrong",
    "error_text_color": "wrong",
    "error_icon_color": "wrong",
    "panel_background_fill": "surface",
    "panel_border_color": "line",
    "table_border_color": "line",
    "table_even_background_fill": "surface",
    "table_odd_background_fill": "page",
    "table_row_focus": "accent-soft",
    "table_text_color": "text",
    "slider_color": "accent",
    "stat_background_fill": "accent-soft",
    "shadow_drop": "lift-1",
    "shadow_drop_lg": "lift-2",
}
"""Gradio's name → the token's."""


def page_theme() -> gr.themes.Base:
    """The theme of the page."""
    font = re.search(r"--font: (.*);", tokens_css())
    names = [each.strip(' "') for each in font[1].split(",")] if font else ["sans-serif"]
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=names, font_mono=["monospace"])
    known = set(vars(theme))
    values = {}
    for name, token in _THEME.items():
        values[name] = f"var(--{token})"
        if f"{name}_dark" in known:
            # The same token: it knows both.
            values[f"{name}_dark"] = f"var(--{token})"
    return theme.set(
        **values,
        block_shadow="none",
        block_shadow_dark="none",
        input_shadow="none",
        input_border_width="1px",
        input_border_width_dark="1px",
        button_large_text_weight="550",
    )
